/** Tells the manifest's views whether git hooks are set up where the person works, by whomever: `done` or `open`. */
import * as vscode from 'vscode';
import { GitError, gitHooksState } from '../../git';
import type { Worktree } from '../workspace/worktree';

const CONTEXT = 'linekeeper.setUp';

export class SetUpAnnouncer {
  private latest = 0;

  constructor(private readonly worktrees: () => readonly Worktree[]) {}

  /** Looks anew. `open` only when no work tree of the window has them. */
  async announce(): Promise<void> {
    const asked = ++this.latest;
    const states = await Promise.all(this.worktrees().map((worktree) => this.isSetUp(worktree)));
    if (asked !== this.latest) return;
    await vscode.commands.executeCommand('setContext', CONTEXT, states.length === 0 ? undefined : states.some((done) => done) ? 'done' : 'open');
  }

  private async isSetUp({ repository }: Worktree): Promise<boolean> {
    try {
      return (await gitHooksState(repository)) !== 'absent';
    } catch (error) {
      if (error instanceof GitError) return true; // nothing is offered where nothing is known
      throw error;
    }
  }
}
