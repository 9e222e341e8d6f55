/** One file's history through the records: all its versions, woven together. */
import {
  diffChars,
  countLetters,
  EMPTY,
  BASELINE,
  Weave,
  creditStashedDeletions,
  type Operation,
  type CharacterStore,
  type Moves,
  type Patch,
  type Snapshot,
} from '../../authorship';
import { MAX_CACHED_CHARACTERS, LruCache } from '../store/lru-cache';
import { distance, isInterleaving } from './resembling-contents';

interface Commitment {
  readonly commit: string;
  readonly version: Snapshot;
  /** What its parent had, if known. */
  readonly parent: Snapshot | undefined;
  /** Its position among the operations. */
  readonly order: number;
}

/** Work that was stashed. */
interface Away {
  readonly version: Snapshot;
  /** What the file was without it; undefined until the file gets another content. */
  left: Snapshot | undefined;
}

/** This many of the latest versions are searched for text that came back. */
const LOOKED_BACK_AT = 3;

/** This many of the latest stashed versions may come back. */
const MAX_STASHES = 5;

/**
 * A content that differs from an earlier version by this many times fewer lines than from the current file continues
 * that version.
 */
const NEARER = 2;

/** The end of a conflict between a stash and what it is applied to. */
const STASH_CONFLICT = /^>>>>>>> Stashed changes\r?$/m;

/** The text that a stash leads to, to the letter, is no coincidence from this many inserted letters and digits on. */
const TELLING_LETTERS = 3;

/** Removing one part or inserting a bracket can coincide by chance; a short line in its place, or several changes, cannot. */
function isTelling(before: string, after: string): boolean {
  const changes = diffChars(before, after);
  return (
    changes.length > 1 ||
    changes.some(({ newStart, newEnd }) => countLetters(after.slice(newStart, newEnd)) >= TELLING_LETTERS)
  );
}

/** The version that differs least from a text; the first of several. */
function nearest(versions: readonly Snapshot[], text: string): Snapshot | undefined {
  const [only] = versions;
  if (versions.length <= 1) return only;
  return versions
    .map((version) => ({ version, apart: distance(version.text, text) }))
    .reduce((best, one) => (one.apart < best.apart ? one : best)).version;
}

export class FileHistory {
  readonly weave: Weave;
  readonly operations: Operation[] = [];
  readonly commitments: Commitment[] = [];
  /** Keyed by text. Versions in `lasting` and in commits stay known after eviction from this cache. */
  private readonly versions = new LruCache<string, Snapshot>(MAX_CACHED_CHARACTERS, ({ text }) => text.length);
  private readonly lasting: Map<string, Snapshot | undefined>;
  private latest: Snapshot[] = [];
  private away: Away[] = [];
  private now: Snapshot | undefined;
  /** What a commit had before recording began. */
  private parent: Snapshot | undefined;
  private begun: Snapshot | undefined;
  private readonly there = new WeakSet<Snapshot>();

  /**
   * `moves` may recognise lines from elsewhere. Versions with the texts of `lasting` stay known, however many come
   * after them. `byLines`: it is compared by whole
   * lines, and none is looked for elsewhere.
   */
  constructor(
    store: CharacterStore,
    moves: Pick<Moves, 'isKnown'>,
    lasting: readonly string[],
    readonly byLines = false,
  ) {
    this.weave = new Weave(store, moves, byLines);
    this.lasting = new Map(lasting.map((text) => [text, undefined]));
  }

  /** The file as it is now. */
  get current(): Snapshot {
    return this.now ?? EMPTY;
  }
  /** The file's previous content. */
  get former(): Snapshot | undefined {
    return this.latest[1];
  }
  get started(): boolean {
    return this.now !== undefined;
  }
  /** The file's content when its record begins. */
  get first(): Snapshot {
    return this.begun ?? EMPTY;
  }

  /**
   * What the latest commit has; before the first recorded commit, the content that the record begins with, if it was
   * committed.
   */
  get lastCommitted(): Snapshot | undefined {
    return this.commitments.at(-1)?.version ?? this.parent;
  }

  /**
   * Where text that an undo brings back may come from: the version that the undo leads to as a whole, the file's latest
   * versions, and the latest commit's.
   */
  undoneTo(known: Snapshot | undefined): Snapshot[] {
    return [...new Set([known, ...this.latest, this.lastCommitted])].filter((version) => version !== undefined);
  }

  /** The content that the file had when its record begins. `isCommitted`: a commit had it. */
  start(text: string, isCommitted: boolean): Snapshot {
    const version = this.weave.start(text);
    if (isCommitted) this.parent = version;
    this.begun = version;
    this.set(version);
    return version;
  }

  /** A version with this content, the latest when there are several. */
  known(text: string): Snapshot | undefined {
    return text === this.current.text && this.started
      ? this.current
      : (this.versions.get(text) ?? this.lasting.get(text) ?? this.committed(text));
  }

  /** True when the work tree had this version, not only a commit. */
  wasThere(version: Snapshot): boolean {
    return this.there.has(version);
  }

  /** The work tree's content, and those that are stashed. */
  get held(): readonly Snapshot[] {
    return [this.current, ...this.away.map(({ version }) => version)];
  }

  /** Records that the work tree had this version, not only a commit. */
  markThere(version: Snapshot): void {
    this.there.add(version);
  }

  set(version: Snapshot): void {
    this.markThere(version);
    const [last] = this.away;
    if (last && !last.left) last.left = version;
    this.now = version;
    this.remember(version);
    this.latest = [version, ...this.latest.filter((other) => other.text !== version.text)].slice(0, LOOKED_BACK_AT);
  }

  /** Stashes the current version; it may come back. */
  stash(): void {
    this.away = [{ version: this.current, left: undefined }, ...this.away].slice(0, MAX_STASHES);
  }

  /** The stashed version with this content, if the file is as the stash left it: nothing was done in between. */
  unstash(text: string): Snapshot | undefined {
    return this.away.find(({ version, left }) => version.text === text && left?.text === this.current.text)?.version;
  }

  /**
   * The version that git produces by merging a stash into the current one, if it has exactly this content and that
   * can't be coincidence.
   */
  unstashMerged(text: string): Snapshot | undefined {
    // A reset may have put the latest commit's content there without anybody seeing it.
    const places = new Set([this.current, this.lastCommitted ?? this.current]);
    for (const { version, left: last } of this.away)
      for (const on of places) {
        const merged =
          last && last.text !== on.text && last.text !== version.text
            ? this.weave.applyDelta(on, last, version)
            : undefined;
        if (merged?.text === text && isTelling(on.text, text)) return merged;
      }
    return undefined;
  }

  /**
   * The version from which a text differs least in which git marks conflicts with a stash: what the stash inserted is
   * all in it, beside what that conflicts with, and what the stash deleted is gone unless the text still has it.
   * Undefined when no such conflict is marked.
   */
  unstashConflicting(text: string): Snapshot | undefined {
    if (!STASH_CONFLICT.test(text)) return undefined;
    return nearest(
      this.away.flatMap(({ version, left: last }) =>
        last ? [this.weave.applyDelta(this.current, last, version, (part) => !text.includes(part.trim()))] : [],
      ),
      text,
    );
  }

  remember(version: Snapshot): void {
    this.versions.set(version.text, version);
    if (this.lasting.has(version.text)) this.lasting.set(version.text, version);
  }

  /**
   * Returns the file to a version. Who restored it stays known until the next commit. `isOlder`: the version comes from
   * an ancestor of HEAD.
   */
  checkout(to: Snapshot, by: Operation, isOlder = false): Snapshot {
    const last = this.commitments.findLast(({ order }) => order < by.order);
    return this.weave.checkout(this.current, to, by, last?.order ?? 0, isOlder);
  }

  /**
   * A patch for an unattributed change: what an earlier version had at the same place counts as restored, and what a
   * returning stash had deleted counts as deleted there.
   */
  diffTo(
    text: string,
    operation: Operation,
    recorded: boolean,
    on = this.current,
    more: readonly Snapshot[] = [],
  ): Patch {
    if (recorded) return this.weave.diffTo(on, text, operation);
    const committed = this.lastCommitted;
    const patch = this.weave.diffTo(on, text, operation, [...more, ...(committed ? [committed] : [])]);
    return this.away.reduce(
      (known, { version: aside }) =>
        creditStashedDeletions(
          known,
          aside,
          this.weave.order,
          this.commitments.map(({ version }) => version),
        ),
      patch,
    );
  }

  /**
   * The earlier version that a content was made from, rather than the current one: for example, a window still had it
   * open and continued from it.
   */
  staleBufferBase(text: string): Snapshot | undefined {
    const apart = distance(this.current.text, text);
    // a few changed lines are common: no other content is compared for them
    if (apart <= NEARER) return undefined;
    const former = nearest(
      this.latest.filter((version) => version !== this.current),
      text,
    );
    return former && distance(former.text, text) * NEARER < apart ? former : undefined;
  }

  /**
   * The recent version that a content was partially staged from while the file changed further: each of its lines is in
   * that version or in the last commit.
   */
  stagedFrom(text: string): Snapshot {
    const former = this.commitments.at(-1)?.version ?? this.first;
    return this.latest.find((version) => isInterleaving(text, version.text, former.text)) ?? this.current;
  }

  /**
   * A version that the work tree was never seen to have, such as a partially staged file: derived from the current
   * version, or from the one of `more` that is nearest to it.
   */
  derive(text: string, operation: Operation = BASELINE, more: readonly Snapshot[] = []): Snapshot {
    const versions = [...more, this.current];
    const on = nearest(versions, text) ?? this.current;
    const version = this.weave.apply(
      this.diffTo(
        text,
        operation,
        false,
        on,
        versions.filter((other) => other !== on),
      ),
    );
    this.remember(version);
    return version;
  }

  /** The latest committed version with this content. */
  committed(text: string): Snapshot | undefined {
    return this.commitments.findLast(({ version }) => version.text === text)?.version;
  }
}
