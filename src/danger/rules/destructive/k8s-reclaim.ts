import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'reclaim or retention policy Delete, resource-policy keep removed, a claim becomes emptyDir, persistence off',
  why: 'The volume is deleted with its claim, and the data with the volume.',
  fix: 'Keep `Retain`, so that the volume outlives its claim.',
} as const satisfies Rule;
