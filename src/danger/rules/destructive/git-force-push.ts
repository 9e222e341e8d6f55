import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a force push to a shared branch, or a deleted remote branch or tag',
  why: "The push can delete your colleagues' commits from the remote. Every other clone then differs from the remote.",
  fix: "Push to a branch of your own, or ask the branch's owner.",
  instead: 'Push to a new branch, and open a pull request.',
  // a runner publishes pages this way
  inScripts: ({ words, throwaway }) => !throwaway || !words.some((word) => /(?:^|:|\/)(?:gh-)?pages$/.test(word)),
} as const satisfies Rule;

export const SHARED_BRANCH = 'destructive/git-force-push: overwrites a branch of the remote that others work on';
export const REMOTE_BRANCH = 'destructive/git-force-push: overwrites a branch of the remote';
