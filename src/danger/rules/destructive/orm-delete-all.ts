import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'code that deletes or updates all rows through an ORM or a driver',
  why: 'The statement has no condition, so every row changes.',
  fix: 'Add the condition that says which rows are meant.',
  atOnce: true,
} as const satisfies Rule;

export const EVERY_ROW = 'destructive/orm-delete-all: deletes every row of a table';
