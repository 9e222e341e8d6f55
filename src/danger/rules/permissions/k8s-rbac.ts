import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'verbs or resources *',
  why: 'It allows what nobody thought of, and kinds that are installed later.',
  fix: 'Name the verbs and resources that are needed.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'k8s rule on all resources': '{it} allows {verbs} on all resources.',
  'k8s rule for all verbs': '{it} allows every verb on {what}.',
  'k8s rule on all addresses': '{it} allows all URLs of the API server.',
  'k8s rule that escalates': '{it} allows {verb}: whoever has it can get further rights.',
  'gives every right': 'gives every right',
} as const satisfies Facts;
