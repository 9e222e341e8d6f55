import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'NOT NULL without a default, SET NOT NULL',
  why: 'Rows without a value make the change fail, or the table is locked while all are checked.',
  fix: 'Fill the column first, then set `NOT NULL`, or give a default.',
} as const satisfies Rule;
