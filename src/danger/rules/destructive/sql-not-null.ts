import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a column that becomes `NOT NULL` without a default',
  why: 'The migration fails if a row has no value. The database also locks the table while it checks all rows.',
  fix: 'Fill the column first, then set `NOT NULL`, or give a default.',
  atOnce: true,
} as const satisfies Rule;

export const NOT_NULL =
  'destructive/sql-not-null: A column must have a value from now on: rows and writers without one fail.';
export const NEW_NOT_NULL =
  'destructive/sql-not-null: The new column {name} must have a value and has no default: the migration fails on a table with rows.';
