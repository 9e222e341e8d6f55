/** What is currently not recorded, and why: logged once, and shown for as long as it lasts. */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';

/** Why a file is not tracked key by key. */
type Unfollowed = 'too-long' | 'not-utf8';

interface State {
  /** Files that are not tracked, by path. */
  readonly files: Map<string, Unfollowed>;
  /** The last write to the journal failed: where and why; null: the repository was gone. */
  notWritten?: string | null;
  /** How many records only a newer version can read. */
  newer: number;
}

export class Unrecorded implements vscode.Disposable {
  private readonly states = new Map<Worktree, State>();
  private readonly said = new Set<string>();
  private readonly changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly t: Translate,
    private readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>,
  ) {}

  dispose(): void {
    this.changed.dispose();
  }

  /** A file is not tracked. */
  passesOver(worktree: Worktree, path: string, why: Unfollowed): void {
    const { files } = this.state(worktree);
    if (files.get(path) === why) return;
    files.set(path, why);
    const reason = { 'too-long': 'it is too long', 'not-utf8': 'it is not UTF-8' }[why];
    this.sayOnce(`${worktree.root} ${path} ${why}`, () =>
      this.log.info(
        `${path} is not followed key by key, because ${reason}. What changes in it is unknown, unless an assistant reports it.`,
      ),
    );
    this.changed.fire();
  }

  /** A file is tracked (again). */
  follows(worktree: Worktree, path: string): void {
    if (this.states.get(worktree)?.files.delete(path) === true) this.changed.fire();
  }

  /** The journal could not be written: `message` says where, why and what to do; null: its repository is gone. */
  failed(worktree: Worktree, message: string | null): void {
    const state = this.state(worktree);
    if (state.notWritten === message) return;
    state.notWritten = message;
    if (message !== null) this.log.error(message);
    else
      this.log.info(`What is typed in ${worktree.root} is not recorded, because its repository is not there any more.`);
    this.changed.fire();
  }

  /** An edit was recorded. */
  worked(worktree: Worktree): void {
    const state = this.states.get(worktree);
    if (state?.notWritten === undefined) return;
    delete state.notWritten;
    this.changed.fire();
  }

  /** This many records of a work tree were written by a newer version. */
  newer(worktree: Worktree, count: number): void {
    const state = this.state(worktree);
    if (state.newer === count) return;
    state.newer = count;
    this.changed.fire();
  }

  /**
   * What a person should know about the file in front of them, as sentences; `path`: relative to the work tree's root.
   */
  about(worktree: Worktree, path: string | undefined): readonly string[] {
    const { t } = this;
    const state = this.states.get(worktree);
    if (!state) return [];
    const file = path === undefined ? undefined : state.files.get(path);
    return [
      ...(state.notWritten === null
        ? [t('The repository was not found. Until it is there again, Linekeeper does not record your typing.')]
        : []),
      ...(typeof state.notWritten !== 'string'
        ? []
        : [
            t(
              "Your edits are not recorded: Linekeeper can't write to the .git folder. Check free space and permissions (see Output: Linekeeper). Recording resumes by itself.",
            ),
          ]),
      ...(state.newer === 0
        ? []
        : [
            t(
              'A newer version of Linekeeper recorded edits here. Their lines show as unknown until you update this extension.',
            ),
          ]),
      ...(file === undefined ? [] : [this.sentence(file)]),
    ];
  }

  private sentence(why: Unfollowed): string {
    const { t } = this;
    switch (why) {
      case 'too-long':
        return t('This file is too long, so what you type in it counts as unknown. You can declare its author.');
      case 'not-utf8':
        return t('This file is not UTF-8, so what you type in it counts as unknown. You can declare its author.');
    }
  }

  private state(worktree: Worktree): State {
    const known = this.states.get(worktree);
    if (known) return known;
    const state: State = { files: new Map(), newer: 0 };
    this.states.set(worktree, state);
    return state;
  }

  private sayOnce(reason: string, say: () => void): void {
    if (this.said.has(reason)) return;
    this.said.add(reason);
    say();
  }
}
