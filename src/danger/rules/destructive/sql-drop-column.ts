import type { Facts, Rule, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'DROP COLUMN',
  why: 'Its values are gone, and code that still runs fails on the missing column.',
  fix: 'Stop reading and writing the column first, and drop it in a later release.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const tools: readonly ToolRow[] = [
  { deed: 'removes', of: 'column', does: 'drops a column, with what is in it' },
];

// prettier-ignore
export const facts = {
  'a column of is taken out': 'A column of {shown} is taken out of use, with its data.',
  'the column of is dropped with': 'The column {shown} of {shown2} is dropped, with its data.',
  'a column that was copied is dropped': { says: 'The column {shown} of {shown2} is dropped, after its values were copied: see that all of them were.', severity: 'medium' },
  'an attribute of the type is': 'An attribute of the type {shown} is dropped, with its data.',
} as const satisfies Facts;
