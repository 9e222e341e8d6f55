/**
 * Files that a person copies in the Explorer: what of them is committed already is the copier's; what was changed since
 * keeps its authors, whom the record finds by its text.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { By } from '../../../provenance/journal';
import type { PlaceFinder } from '../../workspace/place-of-file';
import type { Worktree } from '../../workspace/worktree';
import type { AssistantsInWindow } from '../chat/assistants-at-work';
import { PERSON } from '../classify/detailed-reason';

interface CopiedFilesPorts {
  readonly places: PlaceFinder;
  readonly worktreeOf: (file: string) => Worktree | undefined;
  readonly assistants: AssistantsInWindow;
  /** Records that somebody made a file with a content. */
  readonly keep: (file: string, by: By, content: Buffer) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Bytes. */
const LARGEST = 8_000_000;
/** Files of a copied folder. */
const MOST = 500;

export function watchCopiedFiles(ports: CopiedFilesPorts): vscode.Disposable {
  return vscode.workspace.onDidCreateFiles(({ files }) => {
    if (!vscode.window.state.focused) return;
    for (const uri of files) if (uri.scheme === 'file') copied(uri, ports).catch(ports.failed);
  });
}

async function copied(uri: vscode.Uri, ports: CopiedFilesPorts): Promise<void> {
  const { places, worktreeOf, assistants, keep } = ports;
  const worktree = places.locate(uri.fsPath) && worktreeOf(uri.fsPath);
  if (!worktree || !assistants.leaveToPerson(uri, worktree)) return;
  for (const file of await filesIn(uri.fsPath)) {
    const located = places.locate(file);
    const content = located && (await readFile(file));
    // A file that is made is empty at first; what is there at once was copied.
    if (!content || content.length === 0) continue;
    const committed = await worktree.copiedFrom(located.path, content);
    if (committed && assistants.leaveToPerson(uri, worktree)) await keep(file, PERSON, committed);
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
