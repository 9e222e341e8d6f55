import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a Terraform resource that gets another address without a `moved` block',
  why: 'Terraform takes a new address for a new resource. It destroys the present resource with its data, and creates an empty one.',
  fix: 'Add `moved` blocks from the old addresses to the new ones.',
} as const satisfies Rule;
