import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a database, queue or store that moves to another major version, or may do so automatically',
  why: 'The new version may be unable to read the present data, and often you cannot go back to the earlier version.',
  fix: 'Take a backup, try the upgrade on a copy, and follow the steps of the vendor.',
} as const satisfies Rule;
