/** Tells when a folder that is open, and in no work tree, may have become a repository. */
import * as vscode from 'vscode';
import type { PlaceFinder } from './places';

/** Watchers tell of the new folder, and are not sure to tell what comes into it. */
const LOOKS_AFTER_MS = [200, 2_000] as const;

/**
 * A watcher tells at once, where it works: it overlooks what happens in a folder that was made after it was opened. So
 * one also looks whenever the person comes back to the window, goes to another file or saves one, for as long as there
 * is such a folder.
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
