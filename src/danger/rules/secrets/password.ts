import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a literal password, a password in a URL, a Kubernetes Secret with data',
  why: 'Anyone who can read the repository has it, and it stays in the history when the line goes.',
  fix: 'Change the password, and read the new one from the environment or a secret store.',
} as const satisfies Rule;
