import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'verbs or resources *',
  why: 'The wildcard allows access that nobody considered, also to kinds that are installed later.',
  fix: 'Name the verbs and resources that are needed.',
} as const satisfies Rule;
