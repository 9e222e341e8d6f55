import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'invisible or reordering characters in what assistants read, reordering ones in source code',
  why: 'A person reads another text than the agent or the compiler.',
  fix: 'Take the characters out, or write them as escapes.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'instructions have hidden text': 'Instructions for assistants have characters that nobody sees ({code}).',
  'code is shown in another order': 'The line has characters by which it is shown in another order or not at all ({code}).',
} as const satisfies Facts;
