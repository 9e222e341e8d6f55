import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a test run or scanner that is removed from CI or a hook, or may now fail',
  why: 'CI stays green when the check would fail, so a fault can reach users.',
  fix: 'Keep the step, and fix its findings.',
} as const satisfies Rule;
