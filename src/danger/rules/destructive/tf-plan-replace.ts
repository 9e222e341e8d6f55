import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a Terraform plan that replaces a resource',
  why: 'Terraform destroys the resource and creates a new one. It does not copy the data.',
  fix: 'Find the attribute that forces the replacement. Keep it, or migrate the data first.',
} as const satisfies Rule;

export const PLAN_REPLACES = 'destructive/tf-plan-replace: The plan replaces {address} by a new one{left}{how}{why}.';
