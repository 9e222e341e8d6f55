import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'replicas, machines, memory or processors are cut to half or less',
  why: 'The service may be too small for its present load. Its users then wait or get errors.',
  fix: 'Cut in small steps, and look at the load between them.',
} as const satisfies Rule;
