import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'the same through an SDK in code',
  why: 'A call in code runs as often as the code does, and with whatever it was given.',
  fix: 'Mark it as deleted, or ask for confirmation and the environment before the call.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'deletes something in the cloud cloud sdk delete': '{does}',
  'cloud sdk deletes': "{what} through the cloud's SDK.",
} as const satisfies Facts;
