import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'CloudTrail stopped or deleted, log group deleted, key disabled or scheduled for deletion',
  why: 'Afterwards nobody can tell what happened, or read what was encrypted.',
  fix: 'Leave the audit trail on. It is what tells afterwards what happened.',
} as const satisfies Rule;
