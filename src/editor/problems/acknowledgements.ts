/** Warnings that somebody looked into and settled, as the editor asks for them. The command line knows the same ones. */
import * as vscode from 'vscode';
import { acknowledgements } from '../../statements';
import type { Worktree } from '../workspace/worktree';

export class Acknowledgements implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();

  readonly onDidChange = this.changed.event;

  /** `lines`: the text that the warning is about. Another text is another warning. */
  has({ repository, now }: Worktree, path: string, lines: () => string): boolean {
    const kept = acknowledgements(repository.gitDir, now);
    return !kept.isEmpty && kept.of(path, lines()) !== undefined;
  }

  /** Throws an error of the file system. */
  add({ repository, now }: Worktree, path: string, lines: string, reason: string): void {
    acknowledgements(repository.gitDir, now).add(path, lines, reason);
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
