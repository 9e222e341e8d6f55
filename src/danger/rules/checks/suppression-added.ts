import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'low',
  meaning:
    'a comment, an annotation or an ignore file by which a linter, a type checker or a scanner overlooks something',
  why: 'What the tool would have said is said to nobody.',
  fix: 'Mend what the tool finds, or give the reason beside the suppression.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a warning is suppressed': 'A warning of {tool} is suppressed.',
  'all warnings of a file are suppressed': { says: 'All warnings of {tool} are suppressed in this file.', severity: 'medium' },
  'a finding of a scanner is suppressed': { says: 'A finding of a security scanner ({tool}) is suppressed.', severity: 'medium' },
} as const satisfies Facts;
