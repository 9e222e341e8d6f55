import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test that is removed or emptied while the tested code stays',
  why: 'The faults that this test caught are no longer caught.',
  fix: 'Keep the test, or move it to where its subject goes.',
} as const satisfies Rule;
