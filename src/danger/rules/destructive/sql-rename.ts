import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a table or column is renamed while code runs',
  why: 'While the old and the new version run side by side, one of them uses a name that does not exist.',
  fix: 'Add the new name beside the old one, and remove the old one once no running code uses it.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'is renamed running code still uses': '{name} is renamed: running code still uses the old name.',
  'a table or column is renamed': 'A table or column is renamed: running code still uses the old name.',
  'the table is renamed to running': 'The table {shown} is renamed to {shown2}: running code still uses the old name.',
  'the column of is renamed running': 'The column {shown} of {shown2} is renamed: running code still uses the old name.',
  'the table moves to another schema': 'The table {shown} moves to another schema: running code still uses the old place.',
  'the column of is renamed to': 'The column {shown} of {shown2} is renamed to {shown3}: running code still uses the old name.',
  'the is renamed running code still': 'The {what} {shown} is renamed: running code still uses the old name.',
  'is renamed to running code still': '{what} is renamed to {what2}: running code still uses the old name.',
  'liquibase: rename table': 'The table{names} is renamed: running code still uses the old name.',
  'liquibase: rename column': 'The column{names} is renamed: running code still uses the old name.',
  'liquibase: rename view': 'The view{names} is renamed: running code still uses the old name.',
  'a migration renames': 'A {what} is renamed{name}: running code still uses the old name.',
} as const satisfies Facts;
