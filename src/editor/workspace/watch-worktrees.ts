/** Fires when something happened in a work tree that may change who wrote what in it. */
import path from 'node:path';
import * as vscode from 'vscode';
import { yieldIfDue } from '../time-slices';
import type { PlaceFinder } from './worktree-of-file';
import type { Worktree } from './worktree';
import type { Worktrees } from './worktrees';
import { slashedHere } from '../../base/platform';

/**
 * `journal`: something was recorded; `git`: HEAD or the index moved; `hooks`: git's hooks changed; `files`: a file was
 * written; `base`: what decides about the work may have changed, such as the base branch's policy or team members.
 */
type Happening = 'journal' | 'git' | 'hooks' | 'files' | 'base';

/** Files of a git directory that matter, relative to it. */
const GIT_FILES: ReadonlySet<string> = new Set(['HEAD', 'index', 'logs/HEAD', 'MERGE_HEAD', 'info/exclude']);

/** For a new folder, only the folder itself is reported, not what is put into it before it is watched. */
const JOURNAL = /^linekeeper(?:$|\/(?:journal|refused|breaches|exceptions)(?:$|\/))/;

/** In the git directory that all work trees of a repository share. */
const BASE = /^(?:linekeeper(?:\/teams\.json)?|packed-refs|refs\/(?:heads|remotes|notes)\/.+(?<!\.lock))$/;

/** Stands for any file. */
const ANY = 'any';

export function watchWorktrees(
  worktrees: Worktrees,
  places: PlaceFinder,
  happened: (worktree: Worktree, what: Happening) => void,
): vscode.Disposable {
  const subscriptions: vscode.Disposable[] = [];
  const watched = new Set<Worktree>();
  const watchFolder = (folder: string, seen: (name: string) => void): void => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '**'));
    const report = (uri: vscode.Uri): void => seen(slashedHere(path.relative(folder, uri.fsPath)));
    subscriptions.push(watcher, watcher.onDidCreate(report), watcher.onDidChange(report), watcher.onDidDelete(report));
  };
  const watchGitDir = (worktree: Worktree): void => {
    if (watched.has(worktree)) return;
    watched.add(worktree);
    const { gitDir, commonDir } = worktree.repository;
    watchFolder(gitDir, (name) => {
      if (GIT_FILES.has(name)) happened(worktree, 'git');
      else if (name === 'config' || name.startsWith('hooks/')) happened(worktree, 'hooks');
      else if (JOURNAL.test(name)) happened(worktree, 'journal');
    });
    watchFolder(commonDir, (name) => {
      if (BASE.test(name)) happened(worktree, 'base');
    });
  };
  worktrees.all().forEach(watchGitDir);
  const files = vscode.workspace.createFileSystemWatcher('**/*');
  const waiting = new Set<string>();
  // A checkout reports thousands of files at once: one per folder has the same effect as all of them.
  const written = ({ fsPath }: vscode.Uri): void => {
    if (waiting.size === 0) setImmediate(() => void happenedInFolders());
    waiting.add(path.basename(fsPath) === '.gitignore' ? fsPath : path.join(path.dirname(fsPath), ANY));
  };
  const happenedInFolders = async (): Promise<void> => {
    const touched = new Set<Worktree>();
    const files = [...waiting];
    waiting.clear();
    for (const file of files) {
      await yieldIfDue();
      const located = places.locate(file); // undefined for git's own files
      const worktree = located && worktrees.of(file);
      if (!worktree) continue;
      if (path.basename(file) === '.gitignore') worktree.forgetIgnored();
      touched.add(worktree);
    }
    touched.forEach((worktree) => happened(worktree, 'files'));
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
    // What is saved here is known at once, and where a busy machine drops the report of it.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme === 'file') written(uri);
    }),
    // Where changed files are not reported, returning to the window is the signal.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) for (const worktree of worktrees.all()) happened(worktree, 'files');
    }),
  );
  // Watchers are added later too.
  return { dispose: () => subscriptions.forEach((one) => void one.dispose()) };
}
