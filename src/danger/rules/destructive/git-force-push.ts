import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'force push (with or without a lease) to a shared branch, remote branch or tag deletion, --mirror',
  why: 'Commits of others that nobody has locally are lost, and every clone is out of step.',
  fix: "Push to a branch of your own, or ask the branch's owner.",
  instead: 'Push to a new branch, and open a pull request.',
  // a runner publishes pages this way
  inScripts: ({ words, throwaway }) => !throwaway || !words.some((word) => /(?:^|:|\/)(?:gh-)?pages$/.test(word)),
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'overwrites a branch of the remote': 'overwrites a branch of the remote',
  'makes the remote the same as': 'makes the remote the same as this clone, and removes what is not here',
  'removes branches of the remote that': 'removes branches of the remote that are not here',
  'overwrites the branch of the remote': 'overwrites the branch of the remote',
  'overwrites a branch of the remote that': 'overwrites a branch of the remote that others work on',
  'removes from the remote': 'removes {what} from the remote',
  'removes a branch here and at': 'removes a branch, here and at the remote',
  'removes a tag here and at': 'removes a tag, here and at the remote',
} as const satisfies Facts;
