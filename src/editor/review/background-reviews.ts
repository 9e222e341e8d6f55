/** The changes that reviewers read: computed in the background, on demand. */
import * as vscode from 'vscode';
import { markRead, readHunks } from '../../review/hunks/hunks-marked-read';
import type { ReviewToRead } from '../../review/request';
import type { Background } from '../background';
import { Passes } from '../one-pass-at-a-time';
import type { Worktree } from '../workspace/worktree';
import { readingOf, type Reading } from './reading-order';

/** What is known about one work tree's change. */
export type ReviewState =
  | { readonly kind: 'loading' }
  /** `why` is a sentence for people. */
  | { readonly kind: 'failed'; readonly why: string }
  /** There is nothing to compare with. */
  | { readonly kind: 'no base' }
  | { readonly kind: 'there'; readonly reading: Reading; readonly ticked: ReadonlySet<string> };

interface Known {
  /** State of the repository that it was read in. */
  readonly key: string;
  readonly review: ReviewToRead | null;
}

export class Reviews implements vscode.Disposable {
  private readonly known = new Map<Worktree, Known>();
  private readonly states = new Map<Worktree, ReviewState>();
  private readonly changed = new vscode.EventEmitter<Worktree>();
  private readonly passes = new Passes<Worktree>((worktree) => this.load(worktree));

  /** The state of a work tree's review changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly background: Background) {}

  dispose(): void {
    this.changed.dispose();
  }

  /** As far as known. Undefined: it has not been requested yet. */
  of(worktree: Worktree): ReviewState | undefined {
    return this.states.get(worktree);
  }

  /** The current change, after another look. */
  async fresh(worktree: Worktree): Promise<ReviewState | undefined> {
    await this.load(worktree);
    return this.of(worktree);
  }

  /** Somebody views it, or the repository changed while somebody does. */
  request(worktree: Worktree): void {
    if (!vscode.workspace.isTrusted) return;
    if (!this.states.has(worktree)) this.states.set(worktree, { kind: 'loading' });
    this.passes.request(worktree);
  }

  /** Ticks or unticks hunks as read. Throws a file system error. */
  tick(worktree: Worktree, ids: readonly string[], read: boolean): void {
    markRead(worktree.repository.gitDir, ids, read);
    this.show(worktree);
  }

  private async load(worktree: Worktree): Promise<void> {
    try {
      const reading = await this.background.ask('review', {
        places: worktree.places,
        known: this.known.get(worktree)?.key ?? '',
      });
      if (reading !== undefined) this.known.set(worktree, reading);
      if (reading !== undefined || this.isTickedElsewhere(worktree)) this.show(worktree);
    } catch (error) {
      this.known.delete(worktree);
      const why = error instanceof Error ? error.message : String(error);
      const former = this.of(worktree);
      this.states.set(worktree, { kind: 'failed', why });
      if (former?.kind !== 'failed' || former.why !== why) this.changed.fire(worktree);
    }
  }

  /** The command line ticks too. */
  private isTickedElsewhere(worktree: Worktree): boolean {
    const state = this.of(worktree);
    const ticked = readHunks(worktree.repository.gitDir);
    return (
      state?.kind !== 'there' || state.ticked.size !== ticked.size || [...ticked].some((id) => !state.ticked.has(id))
    );
  }

  private show(worktree: Worktree): void {
    const known = this.known.get(worktree);
    if (known === undefined) return;
    const ticked = readHunks(worktree.repository.gitDir);
    this.states.set(
      worktree,
      known.review === null ? { kind: 'no base' } : { kind: 'there', reading: readingOf(known.review, ticked), ticked },
    );
    this.changed.fire(worktree);
  }
}
