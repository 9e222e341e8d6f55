import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'deletion protection, termination protection, backups or versioning off; lock removed',
  why: 'The next mistake is no longer stopped, and it may be made by somebody else, much later.',
  fix: 'Leave the protection on. Switch it off in a change of its own, right before it is needed.',
} as const satisfies Rule;
