import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'rename without moved, count ↔ for_each, a key or a count that goes down',
  why: 'For Terraform another address is another resource: the old one is destroyed, a new one is made.',
  fix: 'Add `moved` blocks from the old addresses to the new ones.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'leaves which for_each uses what belongs': { says: '{what} leaves {name}, which for_each uses: what belongs to it is destroyed.', severity: 'medium' },
  'goes from to 0 what it': '{name} goes from {old} to 0: what it counts is destroyed.',
  'becomes without a moved block it': '{address}{data} becomes {what} without a moved block: it is destroyed and recreated.',
  'instances get other addresses': '{what}',
} as const satisfies Facts;
