import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a column becomes shorter, smaller or another type',
  why: 'Values that no longer fit are cut or refused, and large tables are rewritten under a lock.',
  fix: 'Add a new column, copy and check the data, then switch over.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a column gets another type or': 'A column gets another type or less room: values that do not fit are cut or refused.',
  'a column may get another type': { says: 'A column may get another type or less room: nothing in the change shows what it was.', severity: 'low' },
  'the column gets another type or': 'The column {name} gets another type or less room: values that do not fit are cut or refused.',
  'the column of gets another type': 'The column {name} of {model} gets another type or less room: values that do not fit are cut or refused.',
  'the column of becomes values that': 'The column {shown} of {shown2} becomes {what}: values that do not fit are cut or refused.',
  'liquibase: modify data type': 'The column{names} gets another type or less room: values that do not fit are cut or refused.',
} as const satisfies Facts;
