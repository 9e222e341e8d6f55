import type { Rule } from '../types';

export const rule = {
  severity: 'low',
  meaning:
    'a comment, an annotation or an ignore file by which a linter, a type checker or a scanner overlooks something',
  why: "Nobody sees the tool's finding any more.",
  fix: 'Mend what the tool finds, or give the reason beside the suppression.',
} as const satisfies Rule;
