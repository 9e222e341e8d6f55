import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'another registry, a library from an address, an install script that a change brings',
  why: 'The author of that code can run anything on every machine that installs it.',
  fix: 'Take libraries from the usual registry, pin addresses to a full commit id, and let no script run by itself.',
} as const satisfies Rule;
