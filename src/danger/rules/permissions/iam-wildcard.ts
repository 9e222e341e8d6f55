import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a cloud policy that allows all actions or all resources, or loses a condition',
  why: 'The wildcard allows actions that nobody considered, and actions that the service adds later.',
  fix: 'Name the actions and the resources that are needed.',
  atOnce: true,
} as const satisfies Rule;
