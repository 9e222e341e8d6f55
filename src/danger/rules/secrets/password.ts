import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a password in a file, in a URL, or in a Kubernetes Secret',
  why: 'Anyone who can read the repository can use the secret. It stays in the history after the line is deleted.',
  fix: 'Change the password now, then remove it from the file. Read the new one from the environment or a secret store.',
} as const satisfies Rule;
