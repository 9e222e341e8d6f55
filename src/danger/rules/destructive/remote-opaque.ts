import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'text that cannot be read goes into a shell (decoded, downloaded, from an unknown variable)',
  why: 'Nobody has read what runs, and it may be something else the next time.',
  fix: 'Download it, read it, then run the file.',
  instead: 'Write the commands out as they are, or give them to the person to run.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'runs a text that only a': 'runs a text that only a run can tell',
  'runs a command that is hidden': 'runs a command that is hidden in a variable',
  'text from outside is run as': 'Text from outside is run as a program.',
  'text from outside becomes part of': 'Text from outside becomes part of a shell command.',
} as const satisfies Facts;
