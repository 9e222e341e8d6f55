import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a private key block',
  why: 'Anyone who can read the repository has it, and it stays in the history when the line goes.',
  fix: 'Make a new key, and keep it in a secret store.',
} as const satisfies Rule;
