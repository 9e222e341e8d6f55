import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'unpublish, yank',
  why: 'Everybody who depends on the version can no longer build.',
  fix: 'Publish a corrected version and deprecate the old one.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'changes a published package or who': { says: 'changes a published package, or who may publish it', severity: 'medium' },
  'takes a published package away': 'takes a published package away',
} as const satisfies Facts;
