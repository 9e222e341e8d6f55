import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'an administrative or database port open to the world',
  why: 'Ports like these are tried from everywhere, all the time.',
  fix: 'Open the port to the networks that need it, not to everybody.',
} as const satisfies Rule;
