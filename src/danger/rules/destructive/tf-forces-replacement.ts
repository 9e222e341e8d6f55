import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a changed attribute that makes Terraform replace the resource',
  why: 'The provider cannot change this value in place. Terraform destroys the resource and creates a new one, without its data.',
  fix: 'Keep the value, or plan the migration of what the resource holds.',
} as const satisfies Rule;
