/** Settles before a question is answered. */
import { openJournal } from '../../journal';
import { unsettledWorktrees } from './other-and-unsettled-worktrees';
import { startRecording, isOnlyCommitted, isStale, isNew, isSettled } from './settled-checkpoint';
import { orphanedFolders } from './note-drafts-of-linked-worktrees';
import { mayHaveFetched } from '../notes/sync/may-have-fetched-notes';
import type { Repository } from '../../../git';
import { hasPendingStatements } from '../../journal/permitted-and-refused-runs';

/**
 * Settles; if the result can't be written, reports why as a sentence and lets the caller continue with what there is: a
 * read-only repository still has answers. Throws a GitError where git itself can't be started.
 */
export async function settleFirst(
  repository: Repository,
  now: () => number,
  tell: (sentence: string) => void,
): Promise<void> {
  await tried(repository, tell, async () => {
    const [owed, fetched, withoutNotes, beside, runs] = [
      !isSettled(repository, now),
      mayHaveFetched(repository),
      orphanedFolders(repository).length > 0,
      unsettledWorktrees(repository),
      hasPendingStatements(repository.commonDir),
    ];
    if (!owed && !fetched && !withoutNotes && beside.length === 0 && !runs) return;
    const {
      settle,
      settleOtherWorktrees: settleBeside,
      settleRemovedWorktrees: settleOrphans,
      settleRuns: settleStatements,
      mergeFetched: takeFetched,
    } = await import('.'); // as large as everything else that a question needs
    // Commits here may be made from those there.
    await settleBeside(beside, now);
    if (withoutNotes) await settleOrphans(repository, now());
    if (owed) await settle(repository, now);
    if (runs) await settleStatements(repository, now());
    if (fetched) await takeFetched(repository);
  });
}

async function tried(
  repository: Repository,
  tell: (sentence: string) => void,
  settling: () => Promise<void>,
): Promise<void> {
  try {
    await settling();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    const why = error.message.replace(/\s*\n\s*/g, ' ');
    tell(
      `The notes of the latest commits could not be brought up to date (${why}). Until they can, lines of those commits may count as unknown; nothing recorded is lost. Please check the permissions of ${repository.commonDir}, and what "git fsck" says.`,
    );
  }
}

/** The same inside a commit: settles only when a HEAD moved since the last time, and loads the code only then. */
export async function settleIfMoved(
  repository: Repository,
  now: () => number,
  tell: (sentence: string) => void,
): Promise<void> {
  if (isNew(repository) && !hasRecords(repository)) startRecording(repository);
  else if (isStale(repository) || owesNotesBeside(repository)) await settleFirst(repository, now, tell);
}

/** Whether other work trees, or such as are removed by now, owe notes. */
const owesNotesBeside = (repository: Repository): boolean =>
  orphanedFolders(repository).length > 0 || unsettledWorktrees(repository).length > 0;

/**
 * The same for a commit that git waits for: the other work trees keep what they owe while HEAD moved here only by
 * commits of new work. Where several commit at once, each hook would settle all of them. Whoever finds that the commit
 * is made from others settles these before it reads what is known of them ({@link settleIfMoved}).
 */
export async function settleOwnIfMoved(
  repository: Repository,
  now: () => number,
  tell: (sentence: string) => void,
): Promise<void> {
  if (isNew(repository) && !hasRecords(repository)) startRecording(repository);
  else if (!isStale(repository)) return;
  else if (!isOnlyCommitted(repository)) await settleFirst(repository, now, tell);
  else
    await tried(repository, tell, async () => {
      const { settle } = await import('.');
      await settle(repository, now);
    });
}

const hasRecords = ({ gitDir }: Repository): boolean => openJournal(gitDir, Date.now).hasRecords();

/** By name, not by class: the repository may come from another bundle than this code. */
function isExpected(error: Error & { readonly reason?: unknown }): boolean {
  if (error.name === 'GitError') return error.reason !== 'no-git';
  return error.name === 'JournalError' || 'code' in error;
}
