import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a lower coverage or score threshold, or a looser lint rule or type check',
  why: 'CI now accepts code that it would have rejected. Nobody notices if the quality falls.',
  fix: 'Keep the threshold, and fix the code that misses it.',
} as const satisfies Rule;
