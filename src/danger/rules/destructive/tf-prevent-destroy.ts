import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a change that removes `prevent_destroy` or switches it off',
  why: 'Without this setting, Terraform no longer refuses a plan that destroys the resource.',
  fix: 'Leave `prevent_destroy` on. Lift it in a change of its own when the resource really goes.',
} as const satisfies Rule;
