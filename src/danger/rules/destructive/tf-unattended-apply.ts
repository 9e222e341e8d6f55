import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'apply -auto-approve: nobody sees the plan',
  why: 'The plan is the last moment at which a person can see that something would be destroyed.',
  fix: 'Apply a saved plan that somebody has read.',
  instead: 'Propose the plan ("terraform plan -out=…") and ask for a senior\'s review.',
} as const satisfies Rule;
