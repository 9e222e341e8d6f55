import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a dropped constraint, key, index or trigger',
  why: 'From then on wrong rows can be written, and nobody notices.',
  fix: 'Say what ensures the rule from now on.',
  atOnce: true,
} as const satisfies Rule;
