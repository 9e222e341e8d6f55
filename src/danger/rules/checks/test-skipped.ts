import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test that ran is skipped, or is the only one of its file that runs',
  why: 'A test that does not run finds nothing, and the run stays green.',
  fix: 'Mend the code or the test, or say in the review why it may be skipped, and until when.',
} as const satisfies Rule;
