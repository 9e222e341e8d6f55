/** What the manifest's `when` clauses ask about. */
import * as vscode from 'vscode';
import type { Recorder } from './recording/edit-recorder';
import { REVIEW_SCHEME } from './review/review-documents';
import type { Surveys } from './state/survey-worktrees';
import type { Worktrees } from './workspace/worktrees';

/**
 * Tells the manifest's view whether there is a work tree: a folder of the window may be in one, or a file that was
 * opened without its folder.
 */
export function announceWorktrees(worktrees: Worktrees): void {
  void vscode.commands.executeCommand('setContext', 'linekeeper.hasWorktree', worktrees.all().length > 0);
}

/** Tells the manifest's view and keys whether a branch brings commits that somebody may have to read. */
export function announceReview(surveys: Surveys): void {
  if (surveys.all().some(({ branch }) => branch))
    void vscode.commands.executeCommand('setContext', 'linekeeper.reviewing', true);
}

/** A comparison of a review is on the screen. */
export const isReviewOpen = (): boolean =>
  vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === REVIEW_SCHEME);

/**
 * Tells the manifest's key bindings whether the file in front is recorded: elsewhere the editor's own bindings apply.
 */
export function announceRecording(recorder: Recorder): void {
  const editor = vscode.window.activeTextEditor;
  const recorded = editor !== undefined && recorder.track(editor.document) !== undefined;
  void vscode.commands.executeCommand('setContext', 'linekeeper.recording', recorded);
}
