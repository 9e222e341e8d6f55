import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'apply -auto-approve: nobody sees the plan',
  why: 'The plan is the last moment at which a person can see that something would be destroyed.',
  fix: 'Apply a saved plan that somebody has read.',
} as const satisfies Rule;
