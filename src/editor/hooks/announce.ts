/** Tells the manifest's views whether git hooks are set up where the person works, by any tool: `done` or `open`. */
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { BackgroundError } from '../background';
import type { Worktree } from '../workspace/worktree';

const CONTEXT = 'linekeeper.setUp';

export class SetUpAnnouncer {
  private latest = 0;

  constructor(private readonly worktrees: () => readonly Worktree[]) {}

  /** Checks again. `open` only when no work tree of the window has them. */
  async announce(): Promise<void> {
    const asked = ++this.latest;
    const states = await Promise.all(this.worktrees().map((worktree) => this.isSetUp(worktree)));
    if (asked !== this.latest) return;
    await vscode.commands.executeCommand(
      'setContext',
      CONTEXT,
      states.length === 0 ? undefined : states.some((done) => done) ? 'done' : 'open',
    );
  }

  private async isSetUp(worktree: Worktree): Promise<boolean> {
    try {
      return (await worktree.hooksState()) !== 'absent';
    } catch (error) {
      if (error instanceof GitError || error instanceof BackgroundError) return true; // offers nothing when the state is unknown
      throw error;
    }
  }
}
