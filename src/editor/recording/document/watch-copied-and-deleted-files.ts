/**
 * Files that a person copies, renames or deletes in the Explorer: what of them is committed already is that person's,
 * where git takes the file for a new one; what was changed since keeps its authors, whom the record finds by its text.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { slashedHere } from '../../../base/platform';
import { splitLines, type AuthoredText } from '../../../provenance/authorship';
import type { By, FileEdit } from '../../../provenance/journal';
import type { PlaceFinder } from '../../workspace/worktree-of-file';
import type { Worktree } from '../../workspace/worktree';
import type { AssistantsInWindow } from '../chat/assistants-at-work';
import { PERSON } from '../classify/settle-by-detailed-reason';

type DeclaredLines = NonNullable<FileEdit['declares']>;

interface CopiedFilesPorts {
  readonly places: PlaceFinder;
  readonly worktreeOf: (file: string) => Worktree | undefined;
  readonly assistants: AssistantsInWindow;
  /** Whether a key of the person is deleting files, which tells it also beside an assistant that nothing tells of. */
  readonly isDeleting: () => boolean;
  /** Records that somebody made a file, or deleted it. */
  readonly keep: (file: string, by: By, before: Buffer | null, after: Buffer | null) => Promise<void>;
  /** Records who gave lines of a file their place. */
  readonly place: (file: string, by: By, content: Buffer, lines: DeclaredLines) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Bytes. */
const LARGEST = 8_000_000;
/** Files of a copied folder. */
const MOST = 500;
/** Files of a renamed one, of each of which the record is asked. */
const MOST_RENAMED = 50;

export function watchCopiedFiles(ports: CopiedFilesPorts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidCreateFiles(({ files }) => {
      if (!vscode.window.state.focused) return;
      for (const uri of files) if (uri.scheme === 'file') copied(uri, ports).catch(ports.failed);
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      if (!vscode.window.state.focused) return;
      for (const { oldUri, newUri } of files)
        if (newUri.scheme === 'file') renamed(oldUri, newUri, ports).catch(ports.failed);
    }),
    watchDeletedFiles(ports),
  );
}

function watchDeletedFiles({
  places,
  worktreeOf,
  assistants,
  isDeleting,
  keep,
  failed,
}: CopiedFilesPorts): vscode.Disposable {
  const before = new Map<string, readonly (readonly [file: string, content: Buffer])[]>();
  const isPersons = (uri: vscode.Uri): boolean => {
    const worktree = worktreeOf(uri.fsPath);
    if (isDeleting()) return assistants.around(uri, worktree).assistants !== 'working';
    return vscode.window.state.focused && assistants.leaveFileToPerson(uri, worktree);
  };
  const read = async (uri: vscode.Uri): Promise<void> => {
    const located = places.locate(uri.fsPath);
    if (!located || (await worktreeOf(uri.fsPath)?.isIgnored(located.path)) !== false) return;
    // Whoever asks for the place of a file now still gets it once the folder is gone.
    const files = (await filesIn(uri.fsPath)).filter((file) => places.locate(file) !== undefined);
    before.set(uri.toString(), await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
  };
  return vscode.Disposable.from(
    vscode.workspace.onWillDeleteFiles((event) => {
      for (const uri of event.files) before.delete(uri.toString()); // one that was not deleted after all
      const files = event.files.filter(({ scheme }) => scheme === 'file');
      event.waitUntil(Promise.all(files.map(read)).catch(failed));
    }),
    // A dialog that asks whether to delete had the focus until a moment before the event above.
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files) {
        for (const [file, content] of isPersons(uri) ? (before.get(uri.toString()) ?? []) : [])
          if (!existsSync(file)) keep(file, PERSON, content, null).catch(failed);
        before.delete(uri.toString());
      }
    }),
  );
}

async function renamed(source: vscode.Uri, target: vscode.Uri, ports: CopiedFilesPorts): Promise<void> {
  const { places, worktreeOf, assistants, place } = ports;
  const former = places.locate(source.fsPath);
  const worktree = places.locate(target.fsPath) && worktreeOf(target.fsPath);
  if (!former || !worktree || !assistants.leaveFileToPerson(target, worktree)) return;
  const files = await filesIn(target.fsPath);
  if (files.length > MOST_RENAMED) return;
  for (const file of files) {
    const content = await readFile(file);
    const rest = slashedHere(path.relative(target.fsPath, file));
    const lines = unchangedLines(await worktree.authored(path.posix.join(former.path, rest), content));
    const isAsItWas = (await readFile(file)).equals(content);
    if (lines.length > 0 && isAsItWas && assistants.leaveFileToPerson(target, worktree))
      await place(file, PERSON, content, lines);
  }
}

/** Lines of the last commit in which nobody changed anything since. */
function unchangedLines(text: AuthoredText): DeclaredLines {
  let at = 0;
  return splitLines(text.text).flatMap((line, index) => {
    const from = at;
    at += line.length;
    return text.slice(from, at).every(({ by }) => by === undefined) ? [[index + 1, index + 1] as const] : [];
  });
}

async function copied(uri: vscode.Uri, ports: CopiedFilesPorts): Promise<void> {
  const { places, worktreeOf, assistants, keep } = ports;
  const worktree = places.locate(uri.fsPath) && worktreeOf(uri.fsPath);
  if (!worktree || !assistants.leaveFileToPerson(uri, worktree)) return;
  for (const file of await filesIn(uri.fsPath)) {
    const located = places.locate(file);
    const content = located && (await readFile(file));
    // A file that is made is empty at first; what is there at once was copied.
    if (!content || content.length === 0) continue;
    const committed = await worktree.copiedFrom(located.path, content);
    if (committed && assistants.leaveFileToPerson(uri, worktree)) await keep(file, PERSON, null, committed);
  }
}

/** The files of a folder, or the file itself. */
async function filesIn(place: string): Promise<readonly string[]> {
  const { size, isDirectory } = await stat(place).then((stats) => ({
    size: stats.size,
    isDirectory: stats.isDirectory(),
  }));
  if (!isDirectory) return size <= LARGEST ? [place] : [];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).slice(0, MOST);
  return files.map((entry) => path.join(entry.parentPath, entry.name));
}
