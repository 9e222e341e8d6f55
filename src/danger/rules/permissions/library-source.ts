import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a library from another registry or address, or a new install script',
  why: 'The author of that code can run anything on every machine that installs it.',
  fix: 'Take libraries from the usual registry, pin addresses to a full commit id, and let no script run by itself.',
} as const satisfies Rule;
