/**
 * Warnings that somebody looked into and settled, for the editor. The command line shares them.
 */
import * as vscode from 'vscode';
import { acknowledgements } from '../../policy/warnings';
import type { Worktree } from '../workspace/worktree';

export class Acknowledgements implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();

  readonly onDidChange = this.changed.event;

  /**
   * Whether a warning about lines of a file is settled; undefined when none is. `lines`: their text; a different text
   * is a different warning.
   */
  of({ repository, now }: Worktree): ((path: string, lines: string) => boolean) | undefined {
    const stored = acknowledgements(repository.gitDir, now);
    return stored.isEmpty ? undefined : (path, lines) => stored.of(path, lines) !== undefined;
  }

  /** Throws a file system error. */
  async add({ repository, now }: Worktree, path: string, lines: string, reason: string): Promise<void> {
    const email = await repository.userEmail().catch(() => '');
    acknowledgements(repository.gitDir, now).add(path, lines, reason, email === '' ? null : email);
    this.changed.fire(undefined);
  }

  /** The warning comes back. Throws a file system error. */
  remove({ repository, now }: Worktree, path: string, lines: string): void {
    acknowledgements(repository.gitDir, now).remove(path, lines);
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
