import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a skipped test, or a mark such as `.only` that stops the other tests of its file',
  why: 'A skipped test finds no fault, and CI stays green.',
  fix: 'Fix the code or the test. Or say in the review why the test may be skipped, and until when.',
} as const satisfies Rule;
