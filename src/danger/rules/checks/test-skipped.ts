import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test that ran is skipped, or is the only one of its file that runs',
  why: 'A test that does not run finds nothing, and the run stays green.',
  fix: 'Mend the code or the test, or say in the review why it may be skipped, and until when.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a test is skipped': 'The test "{name}" is skipped: it ran before.',
  'only one test of a file runs': 'Only the test "{name}" runs: the others of its file are left out.',
} as const satisfies Facts;
