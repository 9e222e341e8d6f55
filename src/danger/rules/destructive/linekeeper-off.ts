import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'the policy, the hooks or the notes of Linekeeper are removed or loosened',
  why: 'What should stop a dangerous change must not be switched off by that same change.',
  fix: 'Change the policy in a pull request of its own.',
} as const satisfies Rule;
