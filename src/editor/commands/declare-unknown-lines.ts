/** *All Unknown Lines…* of *Declare Author of Lines…*: all uncommitted lines of unknown author in one list, and one answer for all of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { settleBeforeRecording } from '../../provenance/commits';
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import { atWorkOn, declaration } from '../../provenance/declarations';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { Survey } from '../state/worktree-survey';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import { DECLARED_PERSON } from './declare-author';

interface DeclareUnknownPorts {
  readonly worktrees: Worktrees;
  readonly survey: (worktree: Worktree) => Promise<Survey | undefined>;
  readonly t: Translate;
}

/** Lines that follow each other in a file. */
interface UnknownLines extends vscode.QuickPickItem {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export function declareUnknown({ worktrees, survey, t }: DeclareUnknownPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    await vscode.workspace.saveAll(false); // what is not saved has no lines in the record
    const shown = new Map<string, Buffer>();
    const unknown = await unknownIn(worktree, (await survey(worktree))?.change.files ?? [], shown, t);
    if (unknown.length === 0) {
      void vscode.window.showInformationMessage(t('The author of every uncommitted line is known.'));
      return;
    }
    const theirs = await ask(worktree, unknown, t);
    if (theirs === undefined || theirs.length === 0) return;
    const worker = atWorkOn(worktree.journal, [...new Set(theirs.map(({ path }) => path))], worktree.now());
    if (worker) {
      void vscode.window.showInformationMessage(
        t('{0} is at work on this. Try again when it is done.', assistantName(t, worker.assistant ?? null)),
      );
      return;
    }
    try {
      await settleBeforeRecording(worktree.repository, worktree.now);
      const changed = await declare(worktree, theirs, shown);
      if (changed.length > 0)
        void vscode.window.showWarningMessage(
          t('Nothing was recorded for {0}, which changed meanwhile. Run the command again.', changed.join(', ')),
        );
    } catch (error) {
      if (!(error instanceof GitError) && !(error instanceof JournalError)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** Puts the contents that the lines are of into `shown`. */
async function unknownIn(
  { root }: Worktree,
  files: Survey['change']['files'],
  shown: Map<string, Buffer>,
  t: Translate,
): Promise<readonly UnknownLines[]> {
  const found: UnknownLines[] = [];
  for (const { path, ranges } of files) {
    const unknown = ranges.filter(({ author }) => author === 'unknown');
    if (unknown.length === 0) continue;
    const content = await readFile(join(root, path)).catch(() => undefined);
    if (!content) continue;
    shown.set(path, content);
    const lines = content.toString('utf8').split('\n');
    for (const { start, end } of unknown)
      found.push({
        label: `${path}:${start === end ? String(start) : `${String(start)}–${String(end)}`}`,
        description: start === end ? t('1 line') : t('{0} lines', end - start + 1),
        detail: lines[start - 1]?.trim() ?? '',
        picked: true,
        path,
        start,
        end,
      });
  }
  return found;
}

/** The lines that the person says they wrote; undefined when they give no answer. Shows each as it is gone to. */
function ask(
  { root }: Worktree,
  unknown: readonly UnknownLines[],
  t: Translate,
): Promise<readonly UnknownLines[] | undefined> {
  const pick = vscode.window.createQuickPick<UnknownLines>();
  pick.title = t('Lines of unknown author. Did you write them?');
  pick.placeholder = t('Uncheck what you did not write. OK records that you wrote the rest.');
  pick.canSelectMany = true;
  pick.matchOnDetail = true;
  pick.items = unknown;
  pick.selectedItems = unknown;
  return new Promise((resolve) => {
    const subscriptions = vscode.Disposable.from(
      pick,
      pick.onDidChangeActive(([active]) => {
        if (active) void reveal(join(root, active.path), active);
      }),
      pick.onDidAccept(() => {
        resolve(pick.selectedItems);
        pick.hide();
      }),
      pick.onDidHide(() => {
        resolve(undefined);
        subscriptions.dispose();
      }),
    );
    pick.show();
  });
}

async function reveal(file: string, { start, end }: UnknownLines): Promise<void> {
  const selection = new vscode.Range(start - 1, 0, end - 1, Number.MAX_SAFE_INTEGER);
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true, preserveFocus: true, selection });
  } catch {
    // deleted meanwhile, or no text
  }
}

/** Returns the paths of files that were changed since their lines were shown: nothing is recorded of these. */
async function declare(
  { root, journal }: Worktree,
  theirs: readonly UnknownLines[],
  shown: ReadonlyMap<string, Buffer>,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const path of new Set(theirs.map((lines) => lines.path))) {
    const bytes = await readFile(join(root, path)).catch(() => undefined);
    if (bytes === undefined || shown.get(path)?.equals(bytes) !== true) {
      changed.push(path);
      continue;
    }
    const lines = theirs.filter((one) => one.path === path).map(({ start, end }) => ({ start, end }));
    journal.add({ kind: 'edit', by: DECLARED_PERSON, files: [declaration(journal, path, bytes, lines)] });
  }
  return changed;
}
