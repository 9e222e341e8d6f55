/**
 * Knows whether git hooks are set up where the person works, by any tool, and tells the manifest's views: `done` or
 * `open`.
 */
import * as vscode from 'vscode';
import { GitError, type HooksState } from '../../git';
import { BackgroundError } from '../background';
import type { Worktree } from '../workspace/worktree';

const CONTEXT = 'linekeeper.setUp';

export class SetUpAnnouncer implements vscode.Disposable {
  private latest = 0;
  private readonly known = new Map<Worktree, HooksState>();
  private readonly changed = new vscode.EventEmitter<undefined>();

  /** The state in a work tree differs from before. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly worktrees: () => readonly Worktree[]) {}

  dispose(): void {
    this.changed.dispose();
  }

  /** Checks again. `open` only when no work tree of the window has them. */
  async announce(): Promise<void> {
    const turn = ++this.latest;
    const all = this.worktrees();
    const states = await Promise.all(all.map((worktree) => this.look(worktree)));
    if (turn !== this.latest) return;
    this.changed.fire(undefined);
    await vscode.commands.executeCommand(
      'setContext',
      CONTEXT,
      states.length === 0 ? undefined : states.some((state) => state !== 'absent') ? 'done' : 'open',
    );
  }

  /** Whether commits there get trailers, as of the latest look; undefined when that is not known. */
  writesTrailers(worktree: Worktree): boolean | undefined {
    const state = this.known.get(worktree);
    return state && writesTrailers(state);
  }

  private async look(worktree: Worktree): Promise<HooksState | undefined> {
    try {
      const state = await worktree.hooksState();
      this.known.set(worktree, state);
      return state;
    } catch (error) {
      if (!(error instanceof GitError) && !(error instanceof BackgroundError)) throw error;
      this.known.delete(worktree);
      return undefined; // nothing is offered when the state is unknown
    }
  }
}

/** Whether git runs hooks of ours that write trailers: an older version's do, too. */
export const writesTrailers = (state: HooksState): boolean => state === 'installed' || state === 'outdated';
