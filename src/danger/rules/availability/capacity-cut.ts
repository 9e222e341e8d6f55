import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'replicas, machines, memory, processors or pools cut to half or less',
  why: 'The service may not carry what it carries today.',
  fix: 'Cut in small steps, and look at the load between them.',
} as const satisfies Rule;
