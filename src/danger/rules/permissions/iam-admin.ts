import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'AdministratorAccess, roles/owner, Owner, cluster-admin, SUPERUSER, NOPASSWD: ALL',
  why: 'Whoever gets hold of it can do everything, and give it to others.',
  fix: 'Grant the role that covers the task, for a limited time where possible.',
} as const satisfies Rule;
