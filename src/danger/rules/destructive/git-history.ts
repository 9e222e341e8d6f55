import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'filter-branch, filter-repo, bfg, reflog expire, deletion of .git',
  why: 'Git gives every rewritten commit a new id. Links, reviews and signatures no longer match, and deleted commits are lost.',
  fix: 'Keep the history. To remove a secret, revoke it first, then plan the rewrite with everybody who has a clone.',
  ofTheMachine: true,
} as const satisfies Rule;
