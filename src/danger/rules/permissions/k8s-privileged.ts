import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'privileged, host network, host path, root user',
  why: 'A break-in into the container is a break-in into its host.',
  fix: 'Run without privileges, and add the single capability that is needed.',
} as const satisfies Rule;
