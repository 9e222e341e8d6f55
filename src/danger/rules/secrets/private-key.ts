import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a private key block',
  why: 'Whoever can read the repository has it, and it stays in the history when the line goes.',
  fix: 'Make a new key, and keep it in a secret store.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'private key in plain text': '{what} is added as plain text: whoever reads the repository can use it.',
} as const satisfies Facts;
