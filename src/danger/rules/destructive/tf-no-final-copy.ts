import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'skip_final_snapshot, force_destroy, force_delete, recovery window 0, retention 0',
  why: 'When the resource goes, no copy is left from which it could be restored.',
  fix: 'Keep a final snapshot or a retention time, so that a mistake can be taken back.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'is switched on for': '{name} is switched on for {it}.',
  'goes down from to for': '{name} goes down from {from} to {to} for {it}.',
  'is 0 for': '{name} is 0 for {it}.',
  'plan gives up the last copy': 'The plan updates {address}: {words}.',
} as const satisfies Facts;
