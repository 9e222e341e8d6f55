import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a Kubernetes role with all verbs or all resources, or with new rights on secrets',
  why: 'The wildcard allows access that nobody considered, also to kinds that are installed later.',
  fix: 'Name the verbs and resources that are needed.',
} as const satisfies Rule;
