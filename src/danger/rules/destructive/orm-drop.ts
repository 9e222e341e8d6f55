import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'the same in a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Ecto, EF, Liquibase, Prisma (not in its down)',
  why: 'A migration runs by itself at the next deployment, and takes the data with it.',
  fix: 'Stop using it in one release, and drop it in the next.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a field is removed from every': 'A field is removed from every document, with its data.',
  'the table is dropped first if': 'The table {what} is dropped first if it is there: `force` is set.',
  'the table is dropped with every': 'The table {name} is dropped, with every row.',
  'the column is dropped with its': 'The column {name}{how} is dropped, with its data.',
  'the column is dropped with its data': 'The column {column} is dropped, with its data.',
  'the leaves the schema the next': 'The {kind} {name} leaves the schema: the next migration drops {how}.',
  'liquibase: drop table': 'The table{names} is dropped, with every row.',
  'liquibase: drop all tables': 'All tables are dropped.',
  'liquibase: drop view': 'The view{names} is dropped.',
  'liquibase: drop sequence': 'The sequence{names} is dropped.',
  'liquibase: drop column': 'The column{names} is dropped, with its data.',
  'the value leaves the type': 'The value {field} leaves the type {model}.',
  'the column leaves the schema the next': 'The column {field} of {model} leaves the schema: the next migration drops it, with its data.',
  'a migration drops': 'The {what}{name}{owner} is dropped{how}.',
} as const satisfies Facts;
