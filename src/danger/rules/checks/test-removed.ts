import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test is removed or emptied while what it tests stays',
  why: 'Nobody finds the fault any more that the test found.',
  fix: 'Keep the test, or move it to where its subject goes.',
} as const satisfies Rule;
