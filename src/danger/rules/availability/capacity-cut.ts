import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a cut of replicas, machines, memory or processors to half or less',
  why: 'The service may be too small for its present load. Its users then wait or get errors.',
  fix: 'Cut in small steps, and look at the load between them.',
} as const satisfies Rule;
