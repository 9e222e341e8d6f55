/** *Trace This Line*: from the suggestion to the incident, as a page of text. */
import * as vscode from 'vscode';
import { GitError } from '../../git';
import type { PlaceFinder } from '../workspace/places';
import type { Worktrees } from '../workspace/worktrees';
import type { VirtualPages } from '../virtual';
import type { Translate } from '../attribution-messages';

export interface TracePorts {
  readonly worktrees: Worktrees;
  readonly places: PlaceFinder;
  readonly pages: VirtualPages;
  readonly t: Translate;
}

export function traceLine({ worktrees, places, pages, t }: TracePorts): () => Promise<void> {
  return async () => {
    const editor = vscode.window.activeTextEditor;
    const located = editor?.document.uri.scheme === 'file' ? places.locate(editor.document.fileName) : undefined;
    const worktree = located && editor && worktrees.of(editor.document.fileName);
    if (!editor || !located || !worktree) {
      void vscode.window.showInformationMessage(t('Open a file in a git repository, put the cursor on a line, and try again.'));
      return;
    }
    // The trace is of the file on disk.
    if (editor.document.isDirty && !(await editor.document.save())) return;
    const line = editor.selection.active.line + 1;
    const { traceLine: trace, TraceError, traceText } = await import('../../after-merge');
    const ports = { repository: worktree.repository, now: worktree.now };
    try {
      const traced = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: t('Tracing line {0}…', line) }, () => trace(ports, located.path, line));
      const document = await vscode.workspace.openTextDocument(pages.answer('Trace of a Line', worktree.root, traceText(traced)));
      await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    } catch (error) {
      if (!(error instanceof TraceError) && !(error instanceof GitError)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}
