import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'rename without moved, count ↔ for_each, a key or a count that goes down',
  why: 'For Terraform another address is another resource: the old one is destroyed, a new one is made.',
  fix: 'Add `moved` blocks from the old addresses to the new ones.',
} as const satisfies Rule;
