import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'every row through an ORM or driver',
  why: 'It hits every row.',
  fix: 'Add the condition that says which rows are meant.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'deletes every row of a table': 'deletes every row of a table',
  'every row or document is deleted': 'Every row or document is deleted: the filter is empty.',
  'every document is deleted the filter': 'Every document is deleted: the filter is empty.',
  'every row is deleted nothing limits': 'Every row is deleted: nothing limits {name}.',
  'deleting takes rows along': {
    says: 'Whoever deletes one of {other} deletes what {model} has of it, too: until now the database refused, or kept it.',
    severity: 'medium',
  },
  'every row of a table is': 'Every row of a table is deleted.',
} as const satisfies Facts;
