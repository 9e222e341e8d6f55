import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'trust or resource policy for everybody; OIDC subject wildcard',
  why: 'Anybody in the world who knows the name can use it.',
  fix: 'Name the accounts, roles or repositories that may use it.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'k8s binding for everybody': '{it} gives {role} to everybody ({who}).',
} as const satisfies Facts;
