import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a database, queue or store jumps to another major version, or may do so by itself',
  why: 'The new version may not read the data of the old one, and there is often no way back.',
  fix: 'Take a backup, try the upgrade on a copy, and follow the steps of the vendor.',
} as const satisfies Rule;
