import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'filter-branch, filter-repo, bfg, reflog expire, deletion of .git',
  why: 'Every commit gets another name: links, reviews and signatures no longer hold.',
  fix: 'Keep the history. To remove a secret, revoke it first, then plan the rewrite with everybody who has a clone.',
  ofTheMachine: true,
} as const satisfies Rule;
