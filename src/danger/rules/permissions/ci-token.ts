import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a CI job whose token may now write code, packages or other parts of the repository',
  why: 'Every action in the job can use the token. A tampered action can change your code and your releases.',
  fix: 'Grant the job only the permissions that it uses.',
} as const satisfies Rule;
