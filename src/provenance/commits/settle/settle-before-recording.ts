/** Brings the journal up to HEAD before something is recorded. */
import { type Repository, isGitError } from '../../../git';
import { isNew, startRecording, isStale } from './settled-checkpoint';

/**
 * Brings the journal up to HEAD before an edit is recorded, so that the order of commits and edits is certain. Starts
 * git only when HEAD moved. Throws a JournalError.
 */
export async function settleBeforeRecording(repository: Repository, now: () => number): Promise<void> {
  if (isNew(repository)) {
    startRecording(repository);
  } else if (isStale(repository)) {
    const { settle } = await import('.');
    try {
      await settle(repository, now);
    } catch (error) {
      // Even if notes can't be written now, the edit is recorded.
      if (!isGitError(error)) throw error;
    }
  }
}
