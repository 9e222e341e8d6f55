/**
 * *Open Report*: the page of `linekeeper report`, made by the command line so that nothing else in the editor waits for
 * it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Runtime } from '../../git';
import type { Translate } from '../attribution-messages';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';

/** A page of a repository has far less. */
const BYTES_AT_MOST = 20_000_000;

export function openReport({
  worktrees,
  runtime,
  t,
}: {
  readonly worktrees: Worktrees;
  readonly runtime: Runtime;
  readonly t: Translate;
}): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const page = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Making the report…'), cancellable: true },
      (progress, token) => reportPage(runtime, worktree.root, (message) => progress.report({ message }), token),
    );
    if (page === undefined) return;
    const panel = vscode.window.createWebviewPanel(
      'linekeeper.report',
      t('AI Report: {0}', path.basename(worktree.root)),
      vscode.ViewColumn.Active,
      { enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true },
    );
    // The page's own policy lets nothing be loaded and nothing run.
    panel.webview.html = page;
  };
}

/** The page; undefined when the person cancelled. Throws what the command line said. */
function reportPage(
  { executable, cli, electron }: Runtime,
  root: string,
  progress: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [cli, 'report', '--format', 'html'], {
      cwd: root,
      windowsHide: true,
      env: { ...process.env, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let size = 0;
    let last = '';
    token.onCancellationRequested(() => child.kill());
    child.stdout.on('data', (data: Buffer) => {
      size += data.length;
      if (size > BYTES_AT_MOST) child.kill();
      else out.push(data);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      last =
        text
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^linekeeper: /, '') ?? last;
      progress(last);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (token.isCancellationRequested) resolve(undefined);
      else if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(last === '' ? `exit ${String(code)}` : last));
    });
  });
}
