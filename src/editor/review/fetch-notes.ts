/** *Fetch Notes from Remote*: a clone has commits without their notes until they are fetched. */
import * as vscode from 'vscode';
import { gitOf } from '../commands/git-extension';
import { reasonOf, through } from '../commands/push-notes';
import type { Worktree } from '../workspace/worktree';
import { inNotification } from './visible-text';
import { reviewedWorktree, type ReviewPorts } from './current-hunk';

/** Fetches what the remote has; says only what went wrong. */
export async function fetchNotesQuietly(
  { reviews, t }: Pick<ReviewPorts, 'reviews' | 't'>,
  worktree: Worktree,
): Promise<void> {
  try {
    const { defaultRemote, fetchNotes } = await import('../../provenance/commits/exports-for-notes-sync-and-upkeep');
    const git = await gitOf(worktree); // it has the person's credentials
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Fetching notes…') },
      async () => fetchNotes(worktree.repository, await defaultRemote(worktree.repository), git && through(git)),
    );
    reviews.request(worktree);
  } catch (error) {
    void vscode.window.showErrorMessage(t('Notes could not be fetched: {0}', inNotification(reasonOf(error))));
  }
}

export function fetchNotesOnAuthors(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const { t } = ports;
    const worktree = await reviewedWorktree(ports);
    if (!worktree) return;
    try {
      const { defaultRemote, fetchNotes } = await import('../../provenance/commits/exports-for-notes-sync-and-upkeep');
      const git = await gitOf(worktree); // it has the person's credentials
      const { received } = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: t('Fetching notes…') },
        async () => fetchNotes(worktree.repository, await defaultRemote(worktree.repository), git && through(git)),
      );
      void vscode.window.showInformationMessage(
        received === 0
          ? t('No new notes on the remote.')
          : received === 1
            ? t('Fetched the notes of 1 commit.')
            : t('Fetched the notes of {0} commits.', received),
      );
      ports.reviews.request(worktree);
    } catch (error) {
      void vscode.window.showErrorMessage(t('Notes could not be fetched: {0}', inNotification(reasonOf(error))));
    }
  };
}
