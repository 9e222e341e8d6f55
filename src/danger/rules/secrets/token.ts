import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning:
    "a token whose form Linekeeper knows, such as GitHub's `ghp_…`. The message names the vendor and never the token",
  why: 'Anyone who can read the repository can use the secret. It stays in the history after the line is deleted.',
  fix: 'Revoke the token at its vendor now, then remove it from the file. Keep the new one in a secret store, and let the program read it from there.',
} as const satisfies Rule;
