import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'settings that let an assistant do more without asking',
  why: 'The next agent here follows these settings, and acts without asking a person.',
  fix: 'Name the single commands that are harmless, or let each person decide in their own settings.',
} as const satisfies Rule;
