import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'every row through an ORM or driver',
  why: 'It hits every row.',
  fix: 'Add the condition that says which rows are meant.',
  atOnce: true,
} as const satisfies Rule;

export const EVERY_ROW = 'destructive/orm-delete-all: deletes every row of a table';
