import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a migration that drops a table or column, in Rails, Django, Alembic, Prisma and other frameworks',
  why: 'The next deployment runs the migration by itself, and deletes the data of the table or column.',
  fix: 'Stop using it in one release, and drop it in the next.',
  atOnce: true,
} as const satisfies Rule;

export const TABLE_DROPPED = 'destructive/orm-drop: The table {name} is dropped, with every row.';
