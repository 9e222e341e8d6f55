/**
 * *Approve on the Forge*: the page of the pull request. The person approves there, with the account signed in there.
 */
import * as vscode from 'vscode';
import { openPage } from '../open-in-browser';
import { reviewedWorktree, type ReviewPorts } from './current-hunk';

export function approveOnForge(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const worktree = await reviewedWorktree(ports);
    if (!worktree) return;
    const state = await ports.reviews.fresh(worktree); // the forge may have been configured meanwhile
    const page = state?.kind === 'there' ? state.reading.review.page : null;
    if (page === null) {
      void vscode.window.showInformationMessage(
        ports.t(
          'The remote of this branch has no web page that Linekeeper knows. Open the pull request yourself, or sign off here: “Sign Off…”.',
        ),
      );
      return;
    }
    await openPage(page);
  };
}
