/** *Trace This Line*: from the suggestion to the incident, as a page of text. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { lineBefore } from '../state/position-in-earlier-text';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';
import { columnBeside, showPage } from '../show-page';
import type { VirtualPages } from '../virtual-pages';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

interface TracePorts {
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
      void vscode.window.showInformationMessage(
        t('Open a file in a Git repository, put the cursor on a line, and try again.'),
      );
      return;
    }
    const shown = editor.selection.active.line + 1;
    const line = await lineOnDisk(editor.document, shown);
    if (line === undefined) {
      void vscode.window.showInformationMessage(t('Line {0} is not saved yet. Save the file, then trace it.', shown));
      return;
    }
    const { traceLine: trace, TraceError, traceText } = await import('../../aftermath');
    const ports = { repository: worktree.repository, now: worktree.now };
    try {
      const traced = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: t('Tracing line {0}…', line) },
        () => trace(ports, located.path, line),
      );
      const page = pages.answer(
        'Trace of a Line',
        worktree.root,
        traceText(traced, 'editor', (id) => assistantName(t, id)),
      );
      await showPage(page, { preview: true, viewColumn: columnBeside(page) });
    } catch (error) {
      if (!(error instanceof TraceError) && !(error instanceof GitError)) throw error;
      // A file that git does not track is a plain state.
      if (error instanceof TraceError) void vscode.window.showInformationMessage(error.message);
      else void vscode.window.showErrorMessage(error.message);
    }
  };
}

/**
 * The trace is of the file on disk: the number there of a line in the editor; undefined if it was typed since and is
 * not on disk. Nothing is saved for that.
 */
async function lineOnDisk(document: vscode.TextDocument, line: number): Promise<number | undefined> {
  if (!document.isDirty) return line;
  const saved = await readFile(document.fileName, 'utf8').catch(() => '');
  return lineBefore(saved.replace(/^\uFEFF/, ''), document.getText(), line);
}
