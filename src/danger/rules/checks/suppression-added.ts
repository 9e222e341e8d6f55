import type { Rule } from '../types';

export const rule = {
  severity: 'low',
  meaning:
    'a comment, an annotation or an ignore file by which a linter, a type checker or a scanner overlooks something',
  why: 'The tool hides this finding from everybody, so the fault stays in the code.',
  fix: "Fix the tool's finding, or give the reason beside the suppression.",
} as const satisfies Rule;
