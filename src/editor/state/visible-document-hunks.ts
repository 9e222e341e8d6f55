/** The changed lines of visible documents, shortly after they change. */
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import { BackgroundError, linesFrom, type Background } from '../background';
import type { Recorder } from '../recording/edit-recorder';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { yieldIfDue, runSliced } from '../time-slices';
import { hunksIn, type Hunk, type Lines } from './line-hunks';
import { questionOf } from './question-about-document';

/** What is shown of one open document. */
export interface Sight {
  readonly document: vscode.TextDocument;
  readonly worktree: Worktree;
  /** Relative to the work tree, with `/`. */
  readonly path: string;
  readonly lines: Lines;
  readonly hunks: readonly Hunk[];
}

interface SightsPorts {
  readonly recorder: Recorder;
  readonly places: PlaceFinder;
  readonly worktrees: Worktrees;
  readonly background: Background;
  /** The path that a renamed file has in HEAD. */
  readonly formerPath: (worktree: Worktree, path: string) => string | undefined;
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

interface Look {
  timer?: NodeJS.Timeout;
  /** Since when somebody waits for the next look. */
  since: number;
  /** The look in progress. */
  running?: Promise<void>;
  /** Something happened during a look: how long to wait for the next one. */
  again: number | undefined;
  /** Duration of the latest look in milliseconds. */
  took: number;
  /** How many looks have failed in a row. */
  failures: number;
}

/** Set by events during the look. */
const waitAgain = (look: Look): number | undefined => look.again;

const isToBeLookedAt = (document: vscode.TextDocument): boolean =>
  vscode.workspace.isTrusted && document.uri.scheme === 'file' && isWatched(document);

/** A document that is neither visible nor unsaved is as on disk, and is surveyed there. */
const isWatched = (document: vscode.TextDocument): boolean =>
  !document.isClosed &&
  (document.isDirty || vscode.window.visibleTextEditors.some((editor) => editor.document === document));

/** Several events of one action result in one look. */
const SOON_MS = 30;
/** Nobody looks at marks while they type: a look waits until the text has been still for so long, */
const STILL_MS = 400;
/** but not longer than this: as much as fifty key presses share the cost of one look. */
const STILL_AT_MOST_MS = 5_000;
/** After one that failed, for example because git was busy, it is retried after this time. */
const TRIES_AGAIN_AFTER_MS = 2_000;
const TRIES = 5;
/** After a look that took long, the next one waits this many times as long. */
const BREATHE = 4;

export class Sights implements vscode.Disposable {
  private readonly seen = new Map<vscode.TextDocument, Sight>();
  private readonly looks = new Map<vscode.TextDocument, Look>();
  private readonly heads = new WeakMap<Worktree, string | null>();
  private readonly changed = new vscode.EventEmitter<Pick<Sight, 'document' | 'worktree'>>();
  private readonly subscriptions: vscode.Disposable[];

  /** The sight of a document has changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly ports: SightsPorts) {
    this.subscriptions = [
      this.changed,
      ports.recorder.onDidSettle((document) => this.look(document, STILL_MS)),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const { document } of this.seen.values()) if (!isWatched(document)) this.forget(document);
        this.lookAgain();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
    this.lookAgain();
  }

  /** What is shown of a document, as of its latest look. */
  of(document: vscode.TextDocument): Sight | undefined {
    return this.seen.get(document);
  }

  /**
   * What is true of a document now, for whoever asks about it: git may have moved a moment ago. What its latest look
   * saw, where it can't be determined.
   */
  async fresh(document: vscode.TextDocument): Promise<Sight | undefined> {
    if (isToBeLookedAt(document)) {
      const look = this.lookOf(document);
      while (look.running) await look.running;
      await this.perform(document, look);
    }
    return this.of(document);
  }

  all(): readonly Sight[] {
    return [...this.seen.values()];
  }

  /** Looks at all visible documents again: something around them changed. */
  lookAgain(worktree?: Worktree): void {
    const documents = new Set([
      ...vscode.window.visibleTextEditors.map((editor) => editor.document),
      ...this.seen.keys(),
    ]);
    for (const document of documents) {
      const seen = this.seen.get(document);
      if (worktree === undefined ? seen === undefined : seen === undefined || seen.worktree === worktree)
        this.look(document);
    }
  }

  /**
   * Looks again when HEAD is at another commit than before. The watcher of git's files says so too, but not on every
   * busy machine.
   */
  headSeen(worktree: Worktree, head: string | null): void {
    const former = this.heads.get(worktree);
    this.heads.set(worktree, head);
    if (former !== undefined && former !== head) this.lookAgain(worktree);
  }

  dispose(): void {
    for (const { timer } of this.looks.values()) clearTimeout(timer);
    this.looks.clear();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private lookOf(document: vscode.TextDocument): Look {
    const known = this.looks.get(document);
    if (known) return known;
    const look: Look = { again: undefined, took: 0, failures: 0, since: this.ports.now() };
    this.looks.set(document, look);
    return look;
  }

  /** `wait`: for how long nothing may happen before; each time that this is called it begins again. */
  private look(document: vscode.TextDocument, wait = SOON_MS): void {
    if (!isToBeLookedAt(document)) {
      if (!isWatched(document)) this.forget(document); // saved while it is not visible
      return;
    }
    const now = this.ports.now();
    const look = this.lookOf(document);
    if (look.running) {
      look.again = Math.min(wait, look.again ?? wait);
      return;
    }
    if (look.timer === undefined) look.since = now;
    clearTimeout(look.timer);
    const delay = Math.max(SOON_MS, look.since + STILL_AT_MOST_MS - now);
    look.timer = setTimeout(
      () => void this.perform(document, look),
      Math.min(Math.max(wait, look.took * BREATHE), delay),
    );
  }

  /** Looks at once. */
  private async perform(document: vscode.TextDocument, look: Look): Promise<void> {
    const started = this.ports.now();
    clearTimeout(look.timer);
    delete look.timer;
    look.again = undefined;
    const looking = this.see(document).then((isSeen) => {
      look.failures = isSeen ? 0 : look.failures + 1;
    });
    look.running = looking;
    try {
      await looking;
    } finally {
      delete look.running;
      look.took = this.ports.now() - started;
    }
    const retry = look.failures > 0 && look.failures < TRIES ? TRIES_AGAIN_AFTER_MS : undefined;
    const again = waitAgain(look) ?? retry;
    if (again !== undefined && this.looks.get(document) === look) this.look(document, again);
  }

  /** False: it could not be determined. */
  private async see(document: vscode.TextDocument): Promise<boolean> {
    const track = this.ports.recorder.track(document);
    const located = this.ports.places.locate(document.uri.fsPath);
    const worktree = located && this.ports.worktrees.of(document.uri.fsPath);
    if (!track || !located || !worktree) return true;
    await track.settle();
    try {
      const answer = await this.ports.background.ask(
        'lines',
        await questionOf(track, worktree, located.path, this.ports.formerPath(worktree, located.path)),
      );
      const lines = await runSliced(linesFrom(answer));
      const hunks = await runSliced(hunksIn(lines));
      await yieldIfDue();
      this.seen.set(document, { document, worktree, path: located.path, lines, hunks });
      if (isWatched(document)) this.changed.fire({ document, worktree });
      else this.forget(document);
      return true;
    } catch (error) {
      if (![GitError, JournalError, BackgroundError, RangeError].some((kind) => error instanceof kind)) throw error;
      this.ports.log.warn(
        `Who wrote ${located.path} could not be determined: ${error instanceof Error ? error.message : String(error)}`,
      );
      return false;
    }
  }

  private forget(document: vscode.TextDocument): void {
    clearTimeout(this.looks.get(document)?.timer);
    this.looks.delete(document);
    const sight = this.seen.get(document);
    if (sight && this.seen.delete(document)) this.changed.fire(sight);
  }
}
