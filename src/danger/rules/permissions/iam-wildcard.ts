import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'a cloud policy that gets wider: it allows all actions or all resources, newly allows an action such as a deletion, or loses a condition',
  why: 'The wildcard allows actions that nobody considered, and actions that the service adds later.',
  fix: 'Name only the actions and the resources that the program needs.',
  atOnce: true,
} as const satisfies Rule;
