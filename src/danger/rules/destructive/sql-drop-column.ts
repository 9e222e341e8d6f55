import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'DROP COLUMN',
  why: 'Its values are gone, and code that still runs fails on the missing column.',
  fix: 'Stop reading and writing the column first, and drop it in a later release.',
} as const satisfies Rule;
