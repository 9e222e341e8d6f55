import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a plan destroys a resource: its `actions` are `["delete"]` in `terraform show -json`',
  why: 'Terraform deletes the resource and its data when somebody applies the plan.',
  fix: 'Keep the resource, or take a final copy and have the deletion reviewed.',
} as const satisfies Rule;

export const PLAN_DESTROYS = 'destructive/tf-plan-delete: The plan destroys {address}{deposed}{how}{why}.';
