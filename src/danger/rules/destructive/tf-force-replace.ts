import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a forced replacement of a resource (`-replace=`, `taint`, `replace_triggered_by`)',
  why: 'Terraform destroys the resource with its data, and creates an empty one under another address.',
  fix: 'Say why the resource must be recreated, and show the plan.',
  instead: 'Propose the plan ("terraform plan -replace=… -out=…") and ask for a senior\'s review.',
} as const satisfies Rule;
