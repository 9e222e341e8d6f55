import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'a dropped table or column in a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Ecto, EF, Liquibase, Prisma (not in its down)',
  why: 'The next deployment runs the migration by itself, and deletes the data of the table or column.',
  fix: 'Stop using it in one release, and drop it in the next.',
  atOnce: true,
} as const satisfies Rule;

export const TABLE_DROPPED = 'destructive/orm-drop: The table {name} is dropped, with every row.';
