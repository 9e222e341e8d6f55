import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning:
    'a coverage, mutation or score threshold lowered, more warnings allowed, a lint rule or a type check loosened, tests switched off by a value',
  why: 'A run that failed before passes now.',
  fix: 'Keep the threshold and mend what falls below it.',
} as const satisfies Rule;
