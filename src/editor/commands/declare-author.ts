/** *Declare Author of Lines…*: a person says who wrote lines of unknown author, here or in every changed file. */
import * as vscode from 'vscode';
import { ASSISTANTS } from '../../provenance/assistants';
import { settleBeforeRecording } from '../../provenance/commits';
import { GitError } from '../../git';
import { JournalError, type By } from '../../provenance/journal';
import { atWorkOn, declaration, hasUnknown } from '../../provenance/declarations';
import type { Recorder } from '../recording/edit-recorder';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';

interface DeclarePorts {
  readonly places: PlaceFinder;
  readonly worktrees: Worktrees;
  readonly recorder: Recorder;
  readonly t: Translate;
}

/**
 * With a URI and lines (1-based, both included) it applies to these, as from the hover; without, to the selection.
 * `who`: `human` if the person said so already.
 */
export function declareAuthor(
  ports: DeclarePorts,
): (address?: unknown, first?: unknown, last?: unknown, who?: unknown) => Promise<void> {
  return async (address, first, last, who) => {
    const { places, worktrees, recorder, t } = ports;
    const editor = vscode.window.activeTextEditor;
    const named = typeof address === 'string' && typeof first === 'number' && typeof last === 'number';
    const document = named
      ? await vscode.workspace.openTextDocument(vscode.Uri.parse(address, true))
      : editor?.document;
    const at = named ? new vscode.Range(first - 1, 0, last - 1, 0) : editor?.selection;
    const located = document && places.locate(document.uri.fsPath);
    const worktree = located && worktrees.of(document.uri.fsPath);
    const track = document && recorder.track(document);
    if (!document || !at || !located || !worktree || !track) {
      await declareAll(); // without lines, the list has all
      return;
    }
    const by = who === 'human' ? DECLARED_PERSON : await chooseAuthor(at, t);
    if (by === 'all') await declareAll();
    if (!by || by === 'all' || (document.isDirty && !(await document.save()))) return;
    await track.settle();
    const bytes = track.onDisk?.bytes;
    if (!bytes) return;
    try {
      const { journal } = worktree;
      await settleBeforeRecording(worktree.repository, worktree.now);
      const worker = atWorkOn(journal, [located.path], worktree.now());
      if (worker) {
        void vscode.window.showInformationMessage(
          t('{0} is at work on this file. Try again when it is done.', assistantName(t, worker.assistant ?? null)),
        );
        return;
      }
      const text = await worktree.authored(located.path, bytes);
      const lines = [{ start: at.start.line + 1, end: at.end.line + 1 }];
      if (!hasUnknown(text, lines)) {
        const list = allUnknown(t);
        void vscode.window
          .showInformationMessage(
            t('The author of these lines is already recorded. You can only declare lines of unknown author.'),
            list,
          )
          .then((answer) => (answer === list ? declareAll() : undefined));
        return;
      }
      journal.add({ kind: 'edit', by, files: [declaration(journal, located.path, bytes, lines)] });
    } catch (error) {
      if (!(error instanceof GitError) && !(error instanceof JournalError)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** As a person says of their own lines. */
export const DECLARED_PERSON: By = { author: 'human', evidence: 'declared' };

const allUnknown = (t: Translate): string => t('All Unknown Lines…');

const declareAll = (): Thenable<unknown> => vscode.commands.executeCommand('linekeeper.declareUnknown');

async function chooseAuthor(range: vscode.Range, t: Translate): Promise<By | 'all' | undefined> {
  const lines =
    range.start.line === range.end.line
      ? t('line {0}', range.start.line + 1)
      : t('lines {0}–{1}', range.start.line + 1, range.end.line + 1);
  const ai = (assistant: string): By => ({ author: 'ai', assistant, evidence: 'declared' });
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly by: By | 'all' }>(
    [
      { label: `$(person) ${t('Human')}`, description: t('I or a colleague wrote it'), by: DECLARED_PERSON },
      ...ASSISTANTS.map((assistant) => ({ label: `$(sparkle) ${assistant.title}`, by: ai(assistant.id) })),
      { label: `$(sparkle) ${t('Another AI assistant')}`, by: ai('unknown-assistant') },
      { label: `$(list-unordered) ${allUnknown(t)}`, description: t('In every changed file'), by: 'all' },
    ],
    { title: t('Who wrote {0}?', lines), placeHolder: t('Your answer is recorded, and shown as “declared by you”.') },
  );
  return picked?.by;
}
