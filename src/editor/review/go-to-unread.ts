/** *Go to Next Unread Hunk*, *Mark Hunk as Read and Go to Next*, and the file of a hunk. */
import * as vscode from 'vscode';
import type { Worktree } from '../workspace/worktree';
import { diffCommand } from './review-documents';
import { hunkInFront, reviewedWorktree, type ReviewPorts } from './current-hunk';
import { nextUnread } from './reading-order';
import { inNotification } from './visible-text';
import { hunkOf, REVIEW_VIEW } from './review-tree';

/** Shows the view, even if the branch has no changes yet. */
export function showReview({ worktrees, reviews }: ReviewPorts): () => Promise<void> {
  return async () => {
    await vscode.commands.executeCommand('setContext', 'linekeeper.reviewing', true);
    for (const worktree of worktrees.all()) reviews.request(worktree);
    await vscode.commands.executeCommand(`${REVIEW_VIEW}.focus`);
  };
}

/** The next unticked hunk after the active one. */
export function goToNextUnread(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const worktree = await reviewedWorktree(ports);
    if (worktree) await goOn(ports, worktree);
  };
}

/** Ticks the active hunk, and goes to the next. Without an active one it only goes to the next. */
export function markReadAndGoOn(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const current = hunkInFront(ports);
    const worktree = current?.worktree ?? (await reviewedWorktree(ports));
    if (!worktree) return;
    if (current) ports.reviews.tick(worktree, [current.hunk.id], true);
    await goOn(ports, worktree);
  };
}

async function goOn(ports: ReviewPorts, worktree: Worktree): Promise<void> {
  const { reviews, tree, t } = ports;
  const state = reviews.of(worktree)?.kind === 'there' ? reviews.of(worktree) : await reviews.fresh(worktree);
  if (state?.kind !== 'there') {
    await vscode.commands.executeCommand('linekeeper.showReview'); // the view says why
    return;
  }
  const { toRead, review } = state.reading;
  const current = hunkInFront(ports);
  const next = nextUnread(toRead, state.ticked, current?.worktree === worktree ? current.hunk : undefined);
  if (next) {
    const { command, arguments: words = [] } = diffCommand(t, worktree, review, next);
    await vscode.commands.executeCommand(command, ...(words as unknown[]));
    await tree.reveal(worktree, next);
    return;
  }
  const [approve, sign] = [t('Approve in Browser'), t('Sign Off…')];
  const message =
    toRead.length === 0 ? t('No AI lines in this branch. Nothing to read here.') : t('You have read everything here.');
  void vscode.window
    .showInformationMessage(message, ...(toRead.length === 0 ? [] : [...(review.page === null ? [] : [approve]), sign]))
    .then((answer) => {
      if (answer !== undefined)
        void vscode.commands.executeCommand(answer === sign ? 'linekeeper.signReview' : 'linekeeper.approveOnForge');
    });
}

/** The file as it is in the work tree, at the hunk. */
export function openReviewedFile(ports: ReviewPorts): (row?: unknown) => Promise<void> {
  return async (row) => {
    const chosen = hunkOf(row) ?? hunkInFront(ports);
    if (!chosen) return;
    const { worktree, hunk } = chosen;
    const uri = vscode.Uri.joinPath(vscode.Uri.file(worktree.root), ...hunk.path.split('/'));
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) {
      void vscode.window.showInformationMessage(
        ports.t('{0} is not in the folder any more.', inNotification(hunk.path)),
      );
      return;
    }
    const line = hunk.newLine - 1;
    await vscode.window.showTextDocument(uri, { preview: true, selection: new vscode.Range(line, 0, line, 0) });
  };
}
