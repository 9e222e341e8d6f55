import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a deletion in the cloud through an SDK in code',
  why: 'A call in code runs as often as the code does, and with whatever it was given.',
  fix: 'Mark it as deleted, or ask for confirmation and the environment before the call.',
} as const satisfies Rule;
