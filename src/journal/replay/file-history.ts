/** One file's way through the records: all its versions, woven together. */
import {
  diffChars,
  countLetters,
  EMPTY,
  BASELINE,
  MIN_IDENTIFYING_LETTERS,
  Weave,
  creditStashedDeletions,
  type Operation,
  type CharacterStore,
  type Moves,
  type Patch,
  type Snapshot,
} from '../../attribution';
import { MAX_CACHED_CHARACTERS, LruCache } from '../store/lru-cache';
import { distance, isInterleaving } from './edit-scripts';

/** A version that a commit has. */
export interface Commitment {
  readonly commit: string;
  readonly version: Snapshot;
  /** What its parent had, where that is known. */
  readonly parent: Snapshot | undefined;
  /** Its place among the operations. */
  readonly order: number;
}

/** Work that was put away. */
interface Away {
  readonly version: Snapshot;
  /** What was there without it; undefined while nothing else was there yet. */
  left: Snapshot | undefined;
}

/** As many of the latest versions are looked at for text that came back. */
const LOOKED_BACK_AT = 3;

/** So many of the versions that were put away last may come back. */
const MAX_STASHES = 5;

/**
 * A content that differs by so many times fewer lines from a former version than from the file as it is goes on from
 * that one.
 */
const NEARER = 2;

/** One part may well be taken out twice, or white space put in; not so what is done in several places. */
function isTelling(before: string, after: string): boolean {
  const changes = diffChars(before, after);
  return (
    changes.length > 1 ||
    changes.some(({ newStart, newEnd }) => countLetters(after.slice(newStart, newEnd)) >= MIN_IDENTIFYING_LETTERS)
  );
}

/** The first of the versions that differ least from a text. */
function nearest(versions: readonly Snapshot[], text: string): Snapshot | undefined {
  const [only] = versions;
  if (versions.length <= 1) return only;
  return versions
    .map((version) => ({ version, apart: distance(version.text, text) }))
    .reduce((best, one) => (one.apart < best.apart ? one : best)).version;
}

export class FileHistory {
  readonly weave: Weave;
  readonly deeds: Operation[] = [];
  readonly commitments: Commitment[] = [];
  /** By their text; those of `lasting` and of commits stay known when they are forgotten here. */
  private readonly versions = new LruCache<string, Snapshot>(MAX_CACHED_CHARACTERS, ({ text }) => text.length);
  private readonly lasting: Map<string, Snapshot | undefined>;
  private latest: Snapshot[] = [];
  private away: Away[] = [];
  private now: Snapshot | undefined;
  /** What a commit had before the record begins. */
  private parent: Snapshot | undefined;
  private begun: Snapshot | undefined;
  private readonly there = new WeakSet<Snapshot>();

  /**
   * `moves` may tell of lines that they are known from elsewhere. Versions with the texts of `lasting` stay known,
   * however many come after them.
   */
  constructor(store: CharacterStore, moves: Pick<Moves, 'isKnown'>, lasting: readonly string[]) {
    this.weave = new Weave(store, moves);
    this.lasting = new Map(lasting.map((text) => [text, undefined]));
  }

  /** The file as it is by now. */
  get current(): Snapshot {
    return this.now ?? EMPTY;
  }
  /** The content that the file had before. */
  get former(): Snapshot | undefined {
    return this.latest[1];
  }
  get started(): boolean {
    return this.now !== undefined;
  }
  /** The content that the file had when its record begins. */
  get first(): Snapshot {
    return this.begun ?? EMPTY;
  }

  /**
   * What the latest commit has; before the first one that is recorded, what the record begins with, where a commit had
   * that.
   */
  get lastCommitted(): Snapshot | undefined {
    return this.commitments.at(-1)?.version ?? this.parent;
  }

  /**
   * What text that an undo brings back may come from: a version that it leads to as a whole, those that the file had
   * last, the latest commit's.
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

  /** True when the file itself was so, not only a commit of it. */
  wasThere(version: Snapshot): boolean {
    return this.there.has(version);
  }

  /** The file itself was so, too, and not only a commit of it. */
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

  /** What the file is by now is put away, and may come back. */
  stash(): void {
    this.away = [{ version: this.current, left: undefined }, ...this.away].slice(0, MAX_STASHES);
  }

  /**
   * The work that was put away with this content, where the file is as it was left then: nothing was done in between.
   */
  unstash(text: string): Snapshot | undefined {
    return this.away.find(({ version, left }) => version.text === text && left?.text === this.current.text)?.version;
  }

  /**
   * The version that git makes of this one and of work that was put away, where that has this content and it can't be
   * there by chance.
   */
  unstashMerged(text: string): Snapshot | undefined {
    for (const { version, left } of this.away) {
      const merged =
        left && left.text !== this.current.text && left.text !== version.text
          ? this.weave.applyDelta(this.current, left, version)
          : undefined;
      if (merged?.text === text && isTelling(this.current.text, text)) return merged;
    }
    return undefined;
  }

  remember(version: Snapshot): void {
    this.versions.set(version.text, version);
    if (this.lasting.has(version.text)) this.lasting.set(version.text, version);
  }

  /**
   * The file is again as it was in a version. Who brought that about stays known until it is committed. `isOlder`: as
   * it was in a commit that HEAD comes from.
   */
  checkout(to: Snapshot, by: Operation, isOlder = false): Snapshot {
    const last = this.commitments.findLast(({ order }) => order < by.order);
    return this.weave.checkout(this.current, to, by, last?.order ?? 0, isOlder);
  }

  /**
   * Nobody knows who made the file so: what an earlier version had in the same place is taken as brought back, and what
   * was taken away in a stash that comes back as taken away there.
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
   * The former version that a content was made from, rather than from what the file is by now: a window still had it,
   * say, and went on.
   */
  staleBufferBase(text: string): Snapshot | undefined {
    const apart = distance(this.current.text, text);
    // a few changed lines happen all the time: no other content is compared for them
    if (apart <= NEARER) return undefined;
    const former = nearest(
      this.latest.filter((version) => version !== this.current),
      text,
    );
    return former && distance(former.text, text) * NEARER < apart ? former : undefined;
  }

  /**
   * The one of the latest versions that a content was staged from, in part, while the file went on: each line of it is
   * this one's or the last commit's.
   */
  stagedFrom(text: string): Snapshot {
    const former = this.commitments.at(-1)?.version ?? this.first;
    return this.latest.find((version) => isInterleaving(text, version.text, former.text)) ?? this.current;
  }

  /**
   * A version that the work tree was never seen to have, such as of a partly staged file: made from the file as it is
   * by now, or from the one of `more` that is nearest to it.
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

  /** The version that a commit of this content has; the latest such one. */
  committed(text: string): Snapshot | undefined {
    return this.commitments.findLast(({ version }) => version.text === text)?.version;
  }
}
