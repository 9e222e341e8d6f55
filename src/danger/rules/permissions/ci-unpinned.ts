import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a third-party action that is not pinned to a commit',
  why: "Anyone who can move the tag or the branch can run code with the job's secrets.",
  fix: 'Pin the action to a full commit id.',
} as const satisfies Rule;
