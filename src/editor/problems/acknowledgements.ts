/**
 * Warnings that somebody looked into and settled, as the editor asks for them. The command line knows the same ones.
 */
import * as vscode from 'vscode';
import { acknowledgements } from '../../declarations';
import type { Worktree } from '../workspace/worktree';

export class Acknowledgements implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();

  readonly onDidChange = this.changed.event;

  /**
   * Whether a warning about lines of a file is settled; undefined where none is. `lines`: their text, and another text
   * is another warning.
   */
  of({ repository, now }: Worktree): ((path: string, lines: string) => boolean) | undefined {
    const kept = acknowledgements(repository.gitDir, now);
    return kept.isEmpty ? undefined : (path, lines) => kept.of(path, lines) !== undefined;
  }

  /** Throws an error of the file system. */
  async add({ repository, now }: Worktree, path: string, lines: string, reason: string): Promise<void> {
    const email = await repository.git(['config', '--get', 'user.email'], { codes: [0, 1] }).then(
      ({ stdout }) => stdout.toString('utf8').trim(),
      () => '',
    );
    acknowledgements(repository.gitDir, now).add(path, lines, reason, email === '' ? null : email);
    this.changed.fire(undefined);
  }

  /** The warning comes back. Throws an error of the file system. */
  remove({ repository, now }: Worktree, path: string, lines: string): void {
    acknowledgements(repository.gitDir, now).remove(path, lines);
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
