import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a table or column that is renamed while code uses it',
  why: 'During a deployment two versions of the code run. The version that uses the missing name fails.',
  fix: 'Add the new name beside the old one, and remove the old one once no running code uses it.',
  atOnce: true,
} as const satisfies Rule;
