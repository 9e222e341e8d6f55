import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a Terraform setting by which a deletion leaves no copy (`skip_final_snapshot`, `force_destroy`)',
  why: 'When somebody deletes the resource, no copy is left to restore its data.',
  fix: 'Keep a final snapshot or a retention time, so that a mistake can be taken back.',
  atOnce: true,
} as const satisfies Rule;
