import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a private key',
  why: 'Anyone who can read the repository can use the secret. It stays in the history after the line is deleted.',
  fix: 'Revoke the key now, then remove it from the file. Make a new key, and keep it in a secret store.',
} as const satisfies Rule;
