/** *Request Changes…*: what must change, in the reviewer's words, for the pull request's page. */
import * as vscode from 'vscode';
import { openPage } from '../open-in-browser';
import { hunkInFront, reviewedWorktree, type ReviewPorts } from './in-front';
import { linesOn, visible } from './reading';

/** The text goes to the clipboard, with the place that the reviewer looks at: on the forge it is sent by their account. */
export function requestChanges(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const { reviews, t } = ports;
    const worktree = await reviewedWorktree(ports);
    if (!worktree) return;
    const state = await reviews.fresh(worktree);
    const page = state?.kind === 'there' ? state.reading.review.page : null;
    if (page === null) {
      void vscode.window.showInformationMessage(
        t('The remote of this branch has no web page that Linekeeper knows. Tell the author what must change.'),
      );
      return;
    }
    const hunk = hunkInFront(ports)?.hunk;
    const place = hunk ? `${visible(hunk.path)}:${String(linesOn(hunk, 'new')[0])}` : undefined;
    const words = await vscode.window.showInputBox({
      title: t('Request Changes'),
      prompt:
        place === undefined
          ? t('What must change? It goes to your clipboard, and the pull request opens.')
          : t('What must change at {0}? It goes to your clipboard, and the pull request opens.', place),
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === '' ? t('Write what must change.') : undefined),
    });
    if (words === undefined || words.trim() === '') return;
    await vscode.env.clipboard.writeText(place === undefined ? words.trim() : `\`${place}\`: ${words.trim()}`);
    await openPage(page);
    void vscode.window.showInformationMessage(t('Paste your text into a review there, and choose “Request changes”.'));
  };
}
