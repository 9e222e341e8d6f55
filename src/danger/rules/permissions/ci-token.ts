import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'write-all, a broader permissions:, or the block removed',
  why: 'Every action that runs in the job can use the token, also one that was tampered with.',
  fix: 'Grant the job only the permissions that it uses.',
} as const satisfies Rule;
