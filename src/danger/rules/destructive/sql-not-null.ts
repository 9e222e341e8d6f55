import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'NOT NULL without a default, SET NOT NULL',
  why: 'Rows without a value make the change fail, or the table is locked while all are checked.',
  fix: 'Fill the column first, then set `NOT NULL`, or give a default.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a column must have a value': 'A column must have a value from now on: rows and writers without one fail.',
  'a new column must have a': 'A new column must have a value and has no default: the migration fails on a table with rows.',
  'the column must have a value': 'The column {name} must have a value from now on: rows and writers without one fail.',
  'the new column must have a': 'The new column {name} must have a value and has no default: the migration fails on a table with rows.',
  'the column of must have a': 'The column {name} of {model} must have a value from now on: rows without one stop the migration.',
  'the new column of is not': 'The new column {shown} of {shown2} is NOT NULL without a default: the migration fails on a table with rows, and so do old writers.',
  'the column of becomes not null': 'The column {shown} of {shown2} becomes NOT NULL: rows and writers without a value fail.',
  'liquibase: add not null constraint': 'The column{names} must have a value from now on: rows and writers without one fail.',
} as const satisfies Facts;
