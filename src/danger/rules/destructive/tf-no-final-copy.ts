import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'skip_final_snapshot, force_destroy, force_delete, recovery window 0, retention 0',
  why: 'When somebody deletes the resource, no copy is left to restore its data.',
  fix: 'Keep a final snapshot or a retention time, so that a mistake can be taken back.',
  atOnce: true,
} as const satisfies Rule;
