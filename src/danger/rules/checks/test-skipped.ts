import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a skipped test, or a mark such as `.only` that stops the other tests of its file',
  why: 'A skipped test cannot find a bug, and CI still passes.',
  fix: 'Fix the code or the test, and run the test again. If the skip is right, write its reason beside it, for the reviewer.',
} as const satisfies Rule;
