/** Which commit is being reverted, by what git left or the message says. */
import path from 'node:path';
import { OBJECT_ID } from '../../../base/patterns';
import { readStateFile, type Repository } from '../../../git';
import { type MessageHookCall, readMessage } from '../message/git-message-cleanup';

/** The commit that a message says it reverts; with `--reference` git writes only an abbreviated id. */
export const revertedBy = (message: string): string | undefined =>
  /^This reverts commit ([0-9a-f]{4,64})\b/m.exec(message)?.[1];

/** The commit whose revert git has left to the user to commit (`revert -n`, or a conflict). */
export const revertLeft = (repository: Pick<Repository, 'gitDir'>): string | undefined =>
  OBJECT_ID.exec(readStateFile(path.join(repository.gitDir, 'REVERT_HEAD')).trim())?.[0];

/** The commit that a commit may revert. */
export interface RevertInProgress {
  readonly commit: string;
  /**
   * Git commits it itself (`git revert`, which starts only from a clean state); otherwise it has left committing to the
   * user (`revert -n`, or a conflict).
   */
  readonly run: boolean;
}

/** The commit that git is reverting for the commit about to be made. */
export function revertInProgress(repository: Repository, call: MessageHookCall): RevertInProgress | undefined {
  const revert = revertLeft(repository);
  if (revert !== undefined) return { commit: revert, run: false };
  if (!call.argv.slice(1).includes('revert') && call.env['GIT_REFLOG_ACTION'] !== 'revert') return undefined;
  const commit = revertedBy(readMessage(call.messageFile).text);
  return commit === undefined ? undefined : { commit, run: true };
}
