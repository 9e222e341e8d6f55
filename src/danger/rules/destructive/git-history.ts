import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command that rewrites or deletes Git history (`filter-branch`, `filter-repo`, `reflog expire`)',
  why: 'Git gives every rewritten commit a new id. Links, reviews and signatures no longer match, and deleted commits are lost.',
  fix: 'Keep the history. To remove a secret, revoke it first, then plan the rewrite with everybody who has a clone.',
  ofTheMachine: true,
} as const satisfies Rule;
