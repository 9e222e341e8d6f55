import type { CommandRow, Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'DELETE or UPDATE without a condition that limits it',
  why: 'It hits every row.',
  fix: 'Add the condition that says which rows are meant.',
  instead: 'Select the rows first, show how many there are, and let the person run it.',
} as const satisfies Rule;

// prettier-ignore
export const commands: readonly CommandRow[] = [
  { program: 'pt-archiver', with: /^--purge$/, does: 'deletes rows' },
];
