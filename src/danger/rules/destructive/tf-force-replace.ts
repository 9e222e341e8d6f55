import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: '-replace=, taint, replace_triggered_by added',
  why: 'The resource is destroyed and made again, empty and under another address.',
  fix: 'Say why the resource must be recreated, and show the plan.',
  instead: 'Propose the plan ("terraform plan -replace=… -out=…") and ask for a senior\'s review.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'destroys a resource and makes it': 'destroys a resource and makes it again',
  'has a resource destroyed and made': 'has a resource destroyed and made again by the next apply',
  'destroys and makes it again': 'destroys {what} and makes it again',
  'is recreated whenever what replace_triggered_by names': { says: '{address} is recreated whenever what replace_triggered_by names changes.', severity: 'high' },
} as const satisfies Facts;
