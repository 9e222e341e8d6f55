import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test that is removed, emptied or weakened while the tested code stays',
  why: 'If somebody breaks this code, no test fails, and the fault can reach users.',
  fix: 'Keep the test, or move it together with the tested code.',
} as const satisfies Rule;
