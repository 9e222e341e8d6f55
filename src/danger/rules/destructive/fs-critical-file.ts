import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'removes, empties or overwrites files of a reviewed tier by a command',
  why: 'A command that removes or overwrites a reviewed file leaves no edit that a reviewer could read.',
  fix: 'Change the file in an edit that can be reviewed, instead of removing or overwriting it.',
  instead: 'Describe the change, or give it as a patch in your answer, and let a person make it.',
  ofTheMachine: true,
  // depends on the files of a reviewed tier, known only when it runs
  inScripts: 'never',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'files': '{verb} {what}',
  'moves files out of the repository': 'moves files out of the repository',
  'overwrites a file': 'overwrites {what}',
  'discards changes of files': 'throws away changes that are not committed',
  'deletes files unknown to git': 'deletes files that git does not know',
  'takes changes out of files': 'takes changes out of files',
} as const satisfies Facts;
