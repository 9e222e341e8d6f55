/** Tells when something happened in a work tree that may change who wrote what in it. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { PlaceFinder } from './places';
import type { Worktree } from './worktree';
import type { Worktrees } from './worktrees';

/** `journal`: something was recorded; `git`: HEAD or the index moved; `hooks`: git's hooks are others; `files`: a file was written. */
export type Happening = 'journal' | 'git' | 'hooks' | 'files';

/** Files of a git directory that matter, relative to it. */
const GIT_FILES: ReadonlySet<string> = new Set(['HEAD', 'index', 'logs/HEAD', 'MERGE_HEAD', 'info/exclude']);

export function watchWorktrees(worktrees: Worktrees, places: PlaceFinder, happened: (worktree: Worktree, what: Happening) => void): vscode.Disposable {
  const subscriptions: vscode.Disposable[] = [];
  const watched = new Set<Worktree>();
  const watchGitDir = (worktree: Worktree): void => {
    if (watched.has(worktree)) return;
    watched.add(worktree);
    const { gitDir } = worktree.repository;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(gitDir), '**'));
    const seen = (uri: vscode.Uri): void => {
      const name = path.relative(gitDir, uri.fsPath).split(path.sep).join('/');
      if (GIT_FILES.has(name)) happened(worktree, 'git');
      else if (name === 'config' || name.startsWith('hooks/')) happened(worktree, 'hooks');
      else if (name.startsWith('linekeeper/journal/')) happened(worktree, 'journal');
    };
    subscriptions.push(watcher, watcher.onDidCreate(seen), watcher.onDidChange(seen), watcher.onDidDelete(seen));
  };
  worktrees.all().forEach(watchGitDir);
  const files = vscode.workspace.createFileSystemWatcher('**/*');
  const written = ({ fsPath }: vscode.Uri): void => {
    const located = places.locate(fsPath); // nothing for git's own files
    const worktree = located && worktrees.of(fsPath);
    if (!worktree) return;
    if (path.basename(fsPath) === '.gitignore') worktree.forgetIgnored();
    happened(worktree, 'files');
  };
  subscriptions.push(
    worktrees.onDidAdd((worktree) => {
      watchGitDir(worktree);
      happened(worktree, 'git');
    }),
    files,
    files.onDidCreate(written),
    files.onDidChange(written),
    files.onDidDelete(written),
    // Where nothing tells of changed files, coming back to the window does.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) for (const worktree of worktrees.all()) happened(worktree, 'files');
    }),
  );
  // Watchers are added later too.
  return { dispose: () => subscriptions.forEach((one) => void one.dispose()) };
}
