import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'force push (with or without a lease) to a shared branch, remote branch or tag deletion, --mirror',
  why: 'Commits of others that nobody has locally are lost, and every clone is out of step.',
  fix: "Push to a branch of your own, or ask the branch's owner.",
  instead: 'Push to a new branch, and open a pull request.',
} as const satisfies Rule;
