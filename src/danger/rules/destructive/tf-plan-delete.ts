import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a plan destroys a resource (["delete"])',
  why: 'Applying the plan removes the resource, and what it holds goes with it.',
  fix: 'Keep the resource, or take a final copy and have the deletion reviewed.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'the plan destroys': 'The plan destroys {address}{deposed}{how}{why}.',
} as const satisfies Facts;
