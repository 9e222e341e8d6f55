import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a column that becomes shorter or smaller, or gets another type',
  why: 'The database cuts or refuses values that no longer fit. It may lock a large table while it rewrites all rows.',
  fix: 'Add a new column, copy and check the data, then switch over.',
  atOnce: true,
} as const satisfies Rule;

export const TYPE_CHANGED =
  'destructive/sql-narrowing: A column gets another type or less room: values that do not fit are cut or refused.';
export const TYPE_UNKNOWN =
  'destructive/sql-narrowing (low): A column may get another type or less room: nothing in the change shows what it was.';
