/**
 * *Revert This Session's Edits*: removes a session's remaining changes from files, as one edit that can be undone.
 * Lines that others changed too stay as they are, which is reported; for a file that is entirely the session's own it
 * offers to delete it.
 */
import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import { atWorkOn } from '../../provenance/declarations';
import { BackgroundError, type SessionWork } from '../background';
import type { FilePicture } from '../state/changed-files';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { chooseSession, type ChosenSession, type SessionPorts } from './choose-session';

/** A file and what to do there. */
interface Plan {
  readonly file: FilePicture;
  readonly work: SessionWork;
  /** Its state when the plan was made. */
  readonly document: { readonly document: vscode.TextDocument; readonly version: number } | null;
}

export function revertSession(ports: SessionPorts): (row?: unknown) => Promise<void> {
  return async (row) => {
    const { t } = ports;
    const chosen = await chooseSession(row, ports);
    if (!chosen) return;
    const { worktree, files, session } = chosen;
    const worker = atWorkOn(
      worktree.journal,
      files.map(({ path }) => path),
      worktree.now(),
    );
    if (worker) {
      void vscode.window.showInformationMessage(
        t('{0} is at work on this. Try again when it is done.', assistantName(t, worker.assistant ?? null)),
      );
      return;
    }
    const plans: Plan[] = [];
    const unclear: string[] = [];
    for (const file of files) {
      const plan = await planFor(file, chosen, ports);
      if (plan) plans.push(plan);
      else unclear.push(file.path);
    }
    const made = plans.filter(isTheirOwn);
    const changed = plans.filter(
      (plan) => !isTheirOwn(plan) && (plan.document === null || plan.work.undo.edits.length > 0),
    );
    if (
      changed.some(({ document }) => document && document.document.version !== document.version) ||
      !(await applied(changed, t))
    ) {
      void vscode.window.showWarningMessage(t('Nothing was reverted: a file changed meanwhile. Try again.'));
      return;
    }
    const [only] = changed;
    if (changed.length === 1 && only) await show(only);
    tell({ changed, plans, unclear, name: assistantName(t, session.assistant) }, t);
    if (made.length > 0) await offerToDelete(made, t);
  };
}

/** Everything in it is the session's, and it did not exist before. */
const isTheirOwn = ({ file, work }: Plan): boolean => work.fresh && work.alone && !file.deleted;

/** Undefined when it is not known for certain what to undo. */
async function planFor(
  file: FilePicture,
  { worktree, session }: ChosenSession,
  { files, worktrees }: SessionPorts,
): Promise<Plan | undefined> {
  try {
    if (file.deleted) {
      const work = await files.read(file, session);
      const isInside = worktrees.of(file.uri.fsPath) === worktree; // a folder of it may be a link to elsewhere by now
      return work.alone && isInside ? { file, work, document: null } : undefined;
    }
    const document = await vscode.workspace.openTextDocument(file.uri);
    const { version } = document;
    const work = await files.read(file, session);
    return work.text === document.getText() ? { file, work, document: { document, version } } : undefined;
  } catch (error) {
    if (
      error instanceof GitError ||
      error instanceof JournalError ||
      error instanceof BackgroundError ||
      error instanceof RangeError
    )
      return undefined;
    if (error instanceof Error && /^cannot open /i.test(error.message)) return undefined; // the editor's own message for binary or too large files
    throw error;
  }
}

async function applied(plans: readonly Plan[], t: Translate): Promise<boolean> {
  if (plans.length === 0) return true;
  const edit = new vscode.WorkspaceEdit();
  for (const { file, work, document } of plans) {
    if (document === null) {
      const contents = await committed(file);
      edit.createFile(
        file.uri,
        { contents, overwrite: false },
        { label: t("Revert the session's edits"), needsConfirmation: false },
      );
      continue;
    }
    for (const { offset, deleted, inserted } of work.undo.edits) {
      const range = new vscode.Range(
        document.document.positionAt(offset),
        document.document.positionAt(offset + deleted),
      );
      edit.replace(file.uri, range, inserted);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  for (const { file } of plans.filter(({ document }) => document === null))
    if (await isProgram(file)) await chmod(file.uri.fsPath, 0o755);
  return true;
}

const isProgram = async ({ worktree, path }: FilePicture): Promise<boolean> =>
  (await worktree.repository.text(['ls-tree', 'HEAD', '--', path])).startsWith('100755');

/** A deleted file as a checkout would write it. Throws a GitError. */
async function committed({ worktree, path }: FilePicture): Promise<Uint8Array> {
  return (await worktree.repository.git(['cat-file', '--filters', `HEAD:${path}`])).stdout;
}

/** In the active editor, so that one Undo restores the edits. */
async function show({ file, document, work }: Plan): Promise<void> {
  const editor = await vscode.window.showTextDocument(
    document?.document ?? (await vscode.workspace.openTextDocument(file.uri)),
  );
  const place = editor.document.positionAt(work.undo.edits[0]?.offset ?? 0);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function tell(
  {
    changed,
    plans,
    unclear,
    name,
  }: {
    readonly changed: readonly Plan[];
    readonly plans: readonly Plan[];
    readonly unclear: readonly string[];
    readonly name: string;
  },
  t: Translate,
): void {
  const [only] = changed;
  const partial = plans.filter((plan) => !isTheirOwn(plan)).filter(({ work }) => work.undo.kept.length > 0);
  // What remains comes first: the editor shows the beginning of a message.
  const sentences = [
    ...(partial.length > 0 ? [t('Skipped (also changed by others): {0}.', placesOf(partial))] : []),
    ...(unclear.length > 0 ? [t('Skipped (authorship unclear): {0}.', shortList(unclear))] : []),
    ...(only
      ? [
          changed.length === 1
            ? t("Reverted {0}'s changes in {1}.", name, only.file.path)
            : t("Reverted {0}'s changes in {1} files.", name, changed.length),
        ]
      : []),
    ...(only ? [t('Not saved yet. To restore it, undo.')] : []),
  ];
  if (sentences.length > 0) void vscode.window.showInformationMessage(sentences.join(' '));
}

const MOST_NAMES = 3;

const shortList = (names: readonly string[]): string =>
  [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');

/** `src/a.ts:4–6, 9`. */
const placesOf = (plans: readonly Plan[]): string =>
  shortList(
    plans.map(
      ({ file, work }) =>
        `${file.path}:${shortList(work.undo.kept.map(({ start, end }) => (start === end ? String(start) : `${String(start)}–${String(end)}`)))}`,
    ),
  );

async function offerToDelete(made: readonly Plan[], t: Translate): Promise<void> {
  const names = shortList(made.map(({ file }) => file.path));
  const remove = made.length === 1 ? t('Delete File') : t('Delete {0} Files', made.length);
  const message =
    made.length === 1
      ? t('{0} was created in this session, and nobody else changed it.', names)
      : t('These files were created in this session, and nobody else changed them: {0}.', names);
  if ((await vscode.window.showInformationMessage(message, remove)) !== remove) return;
  const edit = new vscode.WorkspaceEdit();
  const untouched = made.filter(
    ({ document }) => document && document.document.version === document.version && !document.document.isDirty,
  );
  for (const { file } of untouched) edit.deleteFile(file.uri, { ignoreIfNotExists: true });
  await vscode.workspace.applyEdit(edit);
  if (untouched.length < made.length)
    void vscode.window.showInformationMessage(t('Skipped a file that changed meanwhile.'));
}
