/** Amendments: whether git replaces HEAD's commit. */
import { type Commit, type Repository } from '../../../git';
import { type MessageHookCall } from '../message/git-message-cleanup';
import { combinedCommits } from './commits-of-rebase';

/** As git passes it to hooks in GIT_AUTHOR_DATE. */
export const authorDate = (commit: Commit): string => `@${String(commit.author.time)} ${commit.author.zone}`;

/** Git's own arguments show that it amends. */
const saysAmend = (call: MessageHookCall): boolean =>
  call.argv.slice(1).some((word) => word === '--amend' || /^--amen?d?$/.test(word));

/** Git's own arguments show that it makes a new commit. */
export const saysCommit = (call: MessageHookCall): boolean => call.argv.slice(1).includes('commit') && !saysAmend(call);

/**
 * An amended commit keeps its author date, and git passes that to the hook; but the same happens to a commit made in
 * the same second, so git's own arguments decide when visible.
 */
export function isAmend(repository: Repository, call: MessageHookCall, head: Commit): boolean {
  const words = call.argv.slice(1);
  if (saysAmend(call)) return true;
  if (words.includes('commit')) return false;
  // A rebase that fixes up or squashes amends without starting another git. The date in its environment may be the
  // user's own.
  if (words.length > 0 || call.env['GIT_AUTHOR_DATE'] === undefined) return combinedCommits(repository).length > 0;
  return call.env['GIT_AUTHOR_DATE'] === authorDate(head);
}
