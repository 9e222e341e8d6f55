import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'DELETE or UPDATE without a condition that limits it',
  why: 'It hits every row.',
  fix: 'Add the condition that says which rows are meant.',
} as const satisfies Rule;
