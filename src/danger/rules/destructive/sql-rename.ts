import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a table or column is renamed while code runs',
  why: 'While the old and the new version run side by side, one of them uses a name that does not exist.',
  fix: 'Add the new name beside the old one, and remove the old one once no running code uses it.',
  atOnce: true,
} as const satisfies Rule;
