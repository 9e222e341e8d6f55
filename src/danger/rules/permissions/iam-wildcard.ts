import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'Allow with Action or Resource *, service-wide x:*, PassRole on *; a condition or a refusal that leaves a policy',
  why: 'The wildcard allows actions that nobody considered, and actions that the service adds later.',
  fix: 'Name the actions and the resources that are needed.',
  atOnce: true,
} as const satisfies Rule;
