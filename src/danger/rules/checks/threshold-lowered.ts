import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning:
    'a coverage, mutation or score threshold lowered, more warnings allowed, a lint rule or a type check loosened, tests switched off by a value',
  why: 'CI accepts code that it rejected before, so the quality can fall unnoticed.',
  fix: 'Keep the threshold, and fix the code that misses it.',
} as const satisfies Rule;
