import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'filter-branch, filter-repo, bfg, reflog expire, deletion of .git',
  why: 'Every commit gets another name: links, reviews and signatures no longer hold.',
  fix: 'Keep the history. To remove a secret, revoke it first, then plan the rewrite with everybody who has a clone.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'what git keeps of this repository': '{verb} what git keeps of this repository, commits that were not pushed too',
  'rewrites the history of this repository': 'rewrites the history of this repository',
  'removes what git could bring lost': 'removes what git could bring lost commits back from',
  'removes commits that no branch has': 'removes commits that no branch has',
  'removes large files that may be': 'removes large files that may be nowhere else',
  'removes a file from all of': 'removes a file from all of the history',
} as const satisfies Facts;
