import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a test run or a scanner is removed from CI, a hook or a package script, is switched off there, or may fail',
  why: 'The run stays green whatever the check would have found.',
  fix: 'Keep the step, and mend what it finds.',
} as const satisfies Rule;
