/**
 * *Acknowledge*: somebody looked into a warning, says why it is settled, and no longer sees it. The gate still requires
 * the same.
 */
import * as vscode from 'vscode';
import type { Acknowledgements } from '../problems/acknowledgements';
import type { Problems } from '../problems/change-diagnostics';
import type { Translate } from '../translate';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';

interface AcknowledgePorts {
  readonly problems: Problems;
  readonly acknowledgements: Acknowledgements;
  readonly places: PlaceFinder;
  readonly worktrees: Worktrees;
  readonly t: Translate;
}

export function acknowledge({
  problems,
  acknowledgements,
  places,
  worktrees,
  t,
}: AcknowledgePorts): (uri?: vscode.Uri, range?: vscode.Range, rule?: string) => Promise<void> {
  return async (uri, range, wanted) => {
    const editor = vscode.window.activeTextEditor;
    const file = uri ?? editor?.document.uri;
    const line = (range ?? editor?.selection)?.start.line;
    const warning =
      file && line !== undefined
        ? problems.at(file, line + 1).find(({ rule }) => wanted === undefined || rule === wanted)
        : undefined;
    const located = file && places.locate(file.fsPath);
    const worktree = located && worktrees.of(file.fsPath);
    if (!warning || !worktree) {
      void vscode.window.showInformationMessage(t('Put the cursor on a Linekeeper warning and try again.'));
      return;
    }
    const reason = await vscode.window.showInputBox({
      title: t('Acknowledge'),
      prompt: t('Why is this OK? This hides the warning; the review is still required.'),
      validateInput: (value) => (value.trim() === '' ? t('Write a short reason for later readers.') : undefined),
    });
    if (reason === undefined) return;
    try {
      await acknowledgements.add(worktree, located.path, warning.subject, reason.trim());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(t('The acknowledgement could not be saved ({0}). The warning stays.', why));
    }
  };
}

/** *Show the Warning Again*: restores a warning that somebody acknowledged at a line. */
export function takeBackAcknowledgement({
  problems,
  acknowledgements,
  places,
  worktrees,
  t,
}: AcknowledgePorts): (uri?: vscode.Uri, range?: vscode.Range) => void {
  return (uri, range) => {
    const editor = vscode.window.activeTextEditor;
    const file = uri ?? editor?.document.uri;
    const line = (range ?? editor?.selection)?.start.line;
    const settled = file && line !== undefined ? problems.settledAt(file, line + 1) : [];
    const located = file && places.locate(file.fsPath);
    const worktree = located && worktrees.of(file.fsPath);
    if (settled.length === 0 || !worktree) {
      void vscode.window.showInformationMessage(t('No acknowledged warning on this line.'));
      return;
    }
    for (const { subject } of settled) acknowledgements.remove(worktree, located.path, subject);
  };
}
