import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a migration locks a table while it builds an index, checks all rows or writes the table anew (PostgreSQL)',
  why: 'Requests that use the table wait until the migration is done: on a large table that is an outage.',
  fix: 'Build indexes CONCURRENTLY, add constraints NOT VALID and validate them later, and change types through a new column.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'an index is built under a lock': 'An index of {table} is built while writes wait (not CONCURRENTLY).',
  'rows are checked under a lock': 'All rows of {table} are checked while writes wait (not NOT VALID).',
  'a table is written anew under a lock': 'All rows of {table} are written anew while reads and writes wait.',
  'a table is locked': 'The table {table} is locked.',
  'a view is filled under a lock': { says: 'The view {table} is filled while reads wait (not CONCURRENTLY).', severity: 'low' },
} as const satisfies Facts;
