import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a dropped constraint, key, index or trigger',
  why: 'The database then accepts wrong rows, and nobody notices. A dropped index makes queries slow.',
  fix: 'Say what ensures the rule from now on.',
  atOnce: true,
} as const satisfies Rule;
