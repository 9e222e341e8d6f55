import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a Terraform plan that destroys a resource',
  why: 'Terraform deletes the resource and its data when somebody applies the plan.',
  fix: 'Keep the resource, or take a final copy and have the deletion reviewed.',
} as const satisfies Rule;

export const PLAN_DESTROYS = 'destructive/tf-plan-delete: The plan destroys {address}{deposed}{how}{why}.';
