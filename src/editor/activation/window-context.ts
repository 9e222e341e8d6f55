/** The window: its work trees, its log, and the threads that answer for it. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Background, backgroundOf } from '../background';
import { runtimeOf } from '../hooks/runtime-for-hooks';
import { setupOptionsOf } from '../commands/hook-set-up-context';
import { Tracing } from '../trace-output-channel';
import { PlaceFinder } from '../workspace/worktree-of-file';
import { Worktrees } from '../workspace/worktrees';

/** Made first: whoever comes later is given it. `background`: makes whoever does long work. */
export function workplaceOf(context: vscode.ExtensionContext, background: typeof backgroundOf) {
  const now = Date.now;
  const home = homedir();
  const log = vscode.window.createOutputChannel('Linekeeper', { log: true });
  const runtime = runtimeOf(context.extensionPath, home);
  const setupOptions = setupOptionsOf(runtime, home, process.env);
  const places = new PlaceFinder(now);
  // What somebody sees while typing must not wait until a large change of many files is understood.
  const tracing = new Tracing(log);
  const inBackground = (): Background =>
    background(
      context.extensionPath,
      (sentence) => log.warn(sentence),
      () => tracing.sink,
    );
  const [ofDocuments, ofWorktrees] = [inBackground(), inBackground()];
  const worktrees = new Worktrees(places, now, ofDocuments, ofWorktrees);
  return { now, home, log, runtime, setupOptions, places, tracing, worktrees, ofDocuments, ofWorktrees };
}

export type Workplace = ReturnType<typeof workplaceOf>;
