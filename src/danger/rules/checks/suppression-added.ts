import type { Rule } from '../types';

export const rule = {
  severity: 'low',
  meaning: 'a comment or setting that hides a finding of a linter, type checker or scanner',
  why: 'The tool hides this finding from everybody, so the fault stays in the code.',
  fix: "Fix the tool's finding, or give the reason beside the suppression.",
} as const satisfies Rule;
