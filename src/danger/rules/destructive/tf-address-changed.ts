import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'rename without moved, count ↔ for_each, a key or a count that goes down',
  why: 'Terraform takes a new address for a new resource. It destroys the present resource with its data, and creates an empty one.',
  fix: 'Add `moved` blocks from the old addresses to the new ones.',
} as const satisfies Rule;
