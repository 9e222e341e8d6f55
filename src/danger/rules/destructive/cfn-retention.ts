import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'DeletionPolicy, UpdateReplacePolicy, DeletionProtection weakened or removed',
  why: 'The policy is what keeps the data when the resource leaves its stack.',
  fix: 'Keep `Retain` or `Snapshot` on what holds data.',
} as const satisfies Rule;
