import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource or module that is removed from Terraform without a `moved` or `removed` block',
  why: 'Terraform destroys a resource that leaves the configuration, with its data.',
  fix: 'Add a `moved` block if it has a new name, or a `removed` block with `destroy = false` to keep the real thing.',
} as const satisfies Rule;
