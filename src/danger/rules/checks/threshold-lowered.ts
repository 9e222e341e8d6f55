import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a coverage or score threshold is lowered, or a lint rule or type check is loosened',
  why: 'CI now accepts code that it would have rejected. Nobody notices if the quality falls.',
  fix: 'Keep the threshold, and fix the code that misses it.',
} as const satisfies Rule;
