import type { Rule } from '../types';

export const rule = {
  severity: 'low',
  meaning: 'a comment or setting that hides a finding of a linter, type checker or scanner',
  why: 'The tool hides this finding from everybody, so the fault stays in the code.',
  fix: 'Correct the code, or write the reason beside the comment.',
} as const satisfies Rule;
