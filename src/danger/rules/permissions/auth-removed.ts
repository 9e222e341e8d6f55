import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'an authentication or signature check leaves the code (may be a suspicion)',
  why: 'What nobody checks is open to everybody.',
  fix: 'Keep the check, or say what ensures it elsewhere.',
} as const satisfies Rule;
