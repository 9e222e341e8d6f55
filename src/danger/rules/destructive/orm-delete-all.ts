import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'every row through an ORM or driver',
  why: 'It hits every row.',
  fix: 'Add the condition that says which rows are meant.',
} as const satisfies Rule;
