import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a token with a known pattern (the vendor is in the message, the value never)',
  why: 'Anyone who can read the repository can use the secret. It stays in the history after the line is deleted.',
  fix: 'Revoke the token now, and read the new one from a secret store.',
} as const satisfies Rule;
