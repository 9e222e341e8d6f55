import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a token of a known form. The message names the vendor and never the token',
  why: 'Anyone who can read the repository can use the secret. It stays in the history after the line is deleted.',
  fix: 'Revoke the token now, and read the new one from a secret store.',
} as const satisfies Rule;
