import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'unpublish, yank',
  why: 'Everybody who depends on the version can no longer build.',
  fix: 'Publish a corrected version and deprecate the old one.',
} as const satisfies Rule;
