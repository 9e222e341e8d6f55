import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'write-all, a broader permissions:, or the block removed',
  why: 'Every action that runs in the job can use the token, also one that was tampered with.',
  fix: 'Grant the job only the permissions that it uses.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'the workflow s token is no': "The workflow's token is no longer limited: its permissions are removed.",
  'job may do more its permissions': 'Job {id} may do more: its permissions are removed.',
  'may write everything in the repository': '{who} may write everything in the repository (write-all).',
  'may write more than before write': '{who} may write more than before ({what}: write).',
} as const satisfies Facts;
