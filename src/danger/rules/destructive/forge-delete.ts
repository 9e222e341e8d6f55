import { once } from '../../lazy-value';
import type { Rule, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a repository, release, secret or branch protection that is deleted on the Git host',
  why: 'The Git host also deletes issues, reviews, releases and settings. No clone has a copy of them.',
  fix: 'Let an owner of the repository do it.',
} as const satisfies Rule;

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'repository repo organization org group project environment secret variable webhook hook protection ruleset release key', on: 'github gitlab gitea bitbucket forgejo gitee azuredevops codeberg ado', does: 'deletes {what} of the forge' },
  { deed: 'removes', of: 'branch tag member collaborator team runner run workflow package board', on: 'github gitlab gitea bitbucket forgejo gitee azuredevops codeberg ado', severity: 'medium', does: 'deletes {what} of the forge' },
  { deed: 'clears', verb: 'unprotect', does: 'takes a protection away' },
  { deed: 'removes', of: 'repository repo', does: 'deletes a repository' },
]);
