/** Fires when an open folder that is in no work tree may have become a repository. */
import * as vscode from 'vscode';
import type { PlaceFinder } from './worktree-of-file';

/** Watchers report the new folder, but may miss what is created in it. */
const LOOKS_AFTER_MS = [200, 2_000] as const;

/**
 * A watcher reports at once, where it works: it misses what happens in a folder that was created after it was opened.
 * So this also checks whenever the person returns to the window, switches to another file or saves one, as long as
 * there is such a folder.
 */
export function watchNewRepositories(places: PlaceFinder, found: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/.git', false, true, true);
  const timers = new Set<NodeJS.Timeout>();
  const look = (): void => {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file' && places.placesOf(uri.fsPath) === undefined,
    );
    if (folders.length === 0) return;
    places.forget();
    if (folders.some(({ uri }) => places.placesOf(uri.fsPath) !== undefined)) found();
  };
  const soon = (): void => {
    for (const delay of LOOKS_AFTER_MS) timers.add(setTimeout(found, delay));
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(soon),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) look();
    }),
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidSaveTextDocument(look),
    { dispose: () => timers.forEach(clearTimeout) },
  );
}
