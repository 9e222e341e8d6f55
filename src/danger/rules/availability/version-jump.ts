import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a database, queue or store jumps to another major version, or may do so by itself',
  why: 'The new version may not read the data of the old one, and there is often no way back.',
  fix: 'Take a backup, try the upgrade on a copy, and follow the steps of the vendor.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a store jumps to another version': '{store} jumps from version {before} to {after}.',
  'a major version may be installed': 'The database may be upgraded to another major version (allow_major_version_upgrade).',
} as const satisfies Facts;
