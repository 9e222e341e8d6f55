import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a plan replaces a resource (["delete","create"], ["create","delete"])',
  why: 'Replacing means destroying first: what the resource holds is not copied over.',
  fix: 'Find the attribute that forces the replacement. Keep it, or migrate the data first.',
} as const satisfies Rule;

export const PLAN_REPLACES = 'destructive/tf-plan-replace: The plan replaces {address} by a new one{left}{how}{why}.';
