import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a column becomes shorter, smaller or another type',
  why: 'Values that no longer fit are cut or refused, and large tables are rewritten under a lock.',
  fix: 'Add a new column, copy and check the data, then switch over.',
} as const satisfies Rule;
