import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a PostgreSQL migration that locks a table while it builds an index or checks all rows',
  why: 'Requests that use the table wait until the migration ends. On a large table, users see an outage.',
  fix: 'Build indexes CONCURRENTLY, add constraints NOT VALID and validate them later, and change types through a new column.',
} as const satisfies Rule;
