import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'the policy, hooks or notes of Linekeeper are removed or weakened',
  why: 'A change that switches off Linekeeper also switches off the check that should stop it.',
  fix: 'Change the policy in a pull request of its own.',
} as const satisfies Rule;
