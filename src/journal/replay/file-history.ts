/** One file's way through the records: all its versions, woven together. */
import { compare, countLetters, EMPTY, ORIGIN, TELLING_FROM, Weave, withGoneAgain, type Deed, type Ink, type Moves, type Plan, type Version } from '../../attribution';
import { AT_HAND, Lately } from '../store/lru-cache';
import { distance, isMixed } from './edit-scripts';

/** A version that a commit has. */
export interface Commitment {
  readonly commit: string;
  readonly version: Version;
  /** What its parent had, where that is known. */
  readonly parent: Version | undefined;
  /** Its place among the deeds. */
  readonly order: number;
}

/** Work that was put away. */
interface Away {
  readonly version: Version;
  /** What was there without it; undefined while nothing else was there yet. */
  left: Version | undefined;
}

/** As many of the latest versions are looked at for text that came back. */
const LOOKED_BACK_AT = 3;

/** So many of the versions that were put away last may come back. */
const PUT_AWAY_AT_MOST = 5;

/** A content that differs by so many times fewer lines from a former version than from the file as it is goes on from that one. */
const NEARER = 2;

/** One part may well be taken out twice, or white space put in; not so what is done in several places. */
function isTelling(before: string, after: string): boolean {
  const changes = compare(before, after);
  return changes.length > 1 || changes.some(({ newStart, newEnd }) => countLetters(after.slice(newStart, newEnd)) >= TELLING_FROM);
}

/** The first of the versions that differ least from a text. */
function nearest(versions: readonly Version[], text: string): Version | undefined {
  const [only] = versions;
  if (versions.length <= 1) return only;
  return versions.map((version) => ({ version, apart: distance(version.text, text) })).reduce((best, one) => (one.apart < best.apart ? one : best)).version;
}

export class Track {
  readonly weave: Weave;
  readonly deeds: Deed[] = [];
  readonly commitments: Commitment[] = [];
  /** By their text; those of `lasting` and of commits stay known when they are forgotten here. */
  private readonly versions = new Lately<string, Version>(AT_HAND, ({ text }) => text.length);
  private readonly lasting: Map<string, Version | undefined>;
  private latest: Version[] = [];
  private away: Away[] = [];
  private now: Version | undefined;
  /** What a commit had before the record begins. */
  private parent: Version | undefined;
  private begun: Version | undefined;
  private readonly there = new WeakSet<Version>();

  /** `moves` may tell of lines that they are known from elsewhere. Versions with the texts of `lasting` stay known, however many come after them. */
  constructor(ink: Ink, moves: Pick<Moves, 'isKnown'>, lasting: readonly string[]) {
    this.weave = new Weave(ink, moves);
    this.lasting = new Map(lasting.map((text) => [text, undefined]));
  }

  /** The file as it is by now. */
  get current(): Version {
    return this.now ?? EMPTY;
  }
  /** The content that the file had before. */
  get former(): Version | undefined {
    return this.latest[1];
  }
  get started(): boolean {
    return this.now !== undefined;
  }
  /** The content that the file had when its record begins. */
  get first(): Version {
    return this.begun ?? EMPTY;
  }

  /** What the latest commit has; before the first one that is recorded, what the record begins with, where a commit had that. */
  get lastCommitted(): Version | undefined {
    return this.commitments.at(-1)?.version ?? this.parent;
  }

  /** What text that an undo brings back may come from: a version that it leads to as a whole, those that the file had last, the latest commit's. */
  undoneTo(known: Version | undefined): Version[] {
    return [...new Set([known, ...this.latest, this.lastCommitted])].filter((version) => version !== undefined);
  }

  /** The content that the file had when its record begins. `isCommitted`: a commit had it. */
  start(text: string, isCommitted: boolean): Version {
    const version = this.weave.start(text);
    if (isCommitted) this.parent = version;
    this.begun = version;
    this.set(version);
    return version;
  }

  /** A version with this content, the latest when there are several. */
  known(text: string): Version | undefined {
    return text === this.current.text && this.started ? this.current : (this.versions.get(text) ?? this.lasting.get(text) ?? this.committed(text));
  }

  /** True when the file itself was so, not only a commit of it. */
  wasThere(version: Version): boolean {
    return this.there.has(version);
  }

  /** The file itself was so, too, and not only a commit of it. */
  markThere(version: Version): void {
    this.there.add(version);
  }

  set(version: Version): void {
    this.markThere(version);
    const [last] = this.away;
    if (last && !last.left) last.left = version;
    this.now = version;
    this.remember(version);
    this.latest = [version, ...this.latest.filter((other) => other.text !== version.text)].slice(0, LOOKED_BACK_AT);
  }

  /** What the file is by now is put away, and may come back. */
  putAway(): void {
    this.away = [{ version: this.current, left: undefined }, ...this.away].slice(0, PUT_AWAY_AT_MOST);
  }

  /** The work that was put away with this content, where the file is as it was left then: nothing was done in between. */
  takenOut(text: string): Version | undefined {
    return this.away.find(({ version, left }) => version.text === text && left?.text === this.current.text)?.version;
  }

  /** The version that git makes of this one and of work that was put away, where that has this content and it can't be there by chance. */
  fetched(text: string): Version | undefined {
    for (const { version, left } of this.away) {
      const merged = left && left.text !== this.current.text && left.text !== version.text ? this.weave.merged(this.current, left, version) : undefined;
      if (merged?.text === text && isTelling(this.current.text, text)) return merged;
    }
    return undefined;
  }

  remember(version: Version): void {
    this.versions.set(version.text, version);
    if (this.lasting.has(version.text)) this.lasting.set(version.text, version);
  }

  /** The file is again as it was in a version. Who brought that about stays known until it is committed. `isOlder`: as it was in a commit that HEAD comes from. */
  back(to: Version, by: Deed, isOlder = false): Version {
    const last = this.commitments.findLast(({ order }) => order < by.order);
    return this.weave.back(this.current, to, by, last?.order ?? 0, isOlder);
  }

  /** Nobody knows who made the file so: what an earlier version had in the same place is taken as brought back, and what was taken away in a stash that comes back as taken away there. */
  plan(text: string, deed: Deed, recorded: boolean, on = this.current, more: readonly Version[] = []): Plan {
    if (recorded) return this.weave.plan(on, text, deed);
    const committed = this.lastCommitted;
    const plan = this.weave.plan(on, text, deed, [...more, ...(committed ? [committed] : [])], [...this.latest, ...this.away.flatMap(({ version }) => (this.latest.includes(version) ? [] : [version]))]);
    return this.away.reduce((known, { version: aside }) => withGoneAgain(known, aside, this.weave.order, this.commitments.map(({ version }) => version)), plan);
  }

  /** The former version that a content was made from, rather than from what the file is by now: a window still had it, say, and went on. */
  wentOnFrom(text: string): Version | undefined {
    const apart = distance(this.current.text, text);
    // a few changed lines happen all the time: no other content is compared for them
    if (apart <= NEARER) return undefined;
    const former = nearest(this.latest.filter((version) => version !== this.current), text);
    return former && distance(former.text, text) * NEARER < apart ? former : undefined;
  }

  /** The one of the latest versions that a content was staged from, in part, while the file went on: each line of it is this one's or the last commit's. */
  stagedFrom(text: string): Version {
    const former = this.commitments.at(-1)?.version ?? this.first;
    return this.latest.find((version) => isMixed(text, version.text, former.text)) ?? this.current;
  }

  /** A version that the work tree was never seen to have, such as of a partly staged file: made from the file as it is by now, or from the one of `more` that is nearest to it. */
  derive(text: string, deed: Deed = ORIGIN, more: readonly Version[] = []): Version {
    const versions = [...more, this.current];
    const on = nearest(versions, text) ?? this.current;
    const version = this.weave.write(this.plan(text, deed, false, on, versions.filter((other) => other !== on)));
    this.remember(version);
    return version;
  }

  /** The version that a commit of this content has; the latest such one. */
  committed(text: string): Version | undefined {
    return this.commitments.findLast(({ version }) => version.text === text)?.version;
  }
}
