import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a constraint, key, index or trigger goes',
  why: 'From then on wrong rows can be written, and nobody notices.',
  fix: 'Say what ensures the rule from now on.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'the constraint or index is dropped': 'The constraint or index {name} is dropped.',
  'a constraint or index is dropped': 'A constraint or index is dropped.',
  'triggers of are switched off': 'Triggers of {shown} are switched off.',
  'constraints of are no longer checked': 'Constraints of {shown} are no longer checked.',
  'the of is dropped': 'The {part}{how} of {shown} is dropped.',
  'the is dropped': 'The {what} {shown} is dropped.',
  'liquibase: drop foreign key constraint': 'A foreign key{names} is dropped.',
  'liquibase: drop all foreign key constraints': 'All foreign keys{names} are dropped.',
  'liquibase: drop primary key': 'The primary key{names} is dropped.',
  'liquibase: drop unique constraint': 'A unique constraint{names} is dropped.',
  'liquibase: drop index': 'An index{names} is dropped.',
  'a migration drops a constraint or index': 'The constraint or index{name}{owner} is dropped.',
} as const satisfies Facts;
