import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'a cloud policy that now allows all actions, all resources, or an action such as a deletion, or that loses a condition',
  why: 'The wildcard allows actions that nobody considered, and actions that the service adds later.',
  fix: 'Name the actions and the resources that are needed.',
  atOnce: true,
} as const satisfies Rule;
