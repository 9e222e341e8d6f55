import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'code that deletes or updates all rows through an ORM or a driver',
  why: 'The statement has no condition, so every row changes.',
  fix: 'Add the condition that says which rows are meant.',
  atOnce: true,
} as const satisfies Rule;

/** Ruby's way to do so one by one, in a program's text. */
export const EACH_ROW = /\.(?:find_)?each\s*\(\s*&:(?:destroy|delete)!?\s*\)/;
export const EVERY_ROW = 'destructive/orm-delete-all: deletes every row of a table';
