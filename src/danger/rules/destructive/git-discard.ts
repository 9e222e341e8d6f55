import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'reset --hard, clean -f, checkout/restore of everything, stash clear',
  why: 'Work that was never committed is in no history: git cannot bring it back.',
  fix: 'Stash or commit first, then discard single files by name.',
} as const satisfies Rule;
