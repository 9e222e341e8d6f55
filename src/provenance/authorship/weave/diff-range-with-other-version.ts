/**
 * How a part of a text compares with another version: what stayed since, what was deleted and by whom, what is
 * restored. Pure.
 */
import type { CharacterStore } from './character-store';
import type { Operation } from './operation';
import { hasLetters } from '../diff/tokens-and-letter-counts';
import { isFormattingOnly } from '../diff/formatting-neutral';
import { SnapshotCursor, partOf, textOf, type WeaveHunk, type Span, type Snapshot } from './snapshot-and-patch';

/** A range of a text that is restored to what it was. */
export interface RestoredRange {
  readonly from: number;
  readonly to: number;
  /** Its text after the restoration. */
  readonly text: string;
  /** Who restores it. */
  readonly restoredBy: Operation;
}

/**
 * How two versions differ in a range and in the lines next to it: a line break that is back may be before or after the
 * old one.
 */
export class RangeDiff {
  /** The hunks that turn one version into the other, in the range examined. */
  readonly hunks: WeaveHunk[] = [];
  /** Everything that is or was in the range, in the weave's order. */
  readonly all: Span[] = [];
  /** What the other version has in the range. */
  readonly there: Span[] = [];
  private readonly brought = new Set<Span>();
  private isTornBeside = false;
  /** Text before the range that the other version lacks. */
  private readonly before: (readonly [from: number, to: number])[] = [];
  private readonly behind: (readonly [from: number, to: number])[] = [];
  private open: WeaveHunk | undefined;

  /** `start`, `end`: the range examined. */
  constructor(
    private readonly remade: RestoredRange,
    readonly start: number,
    readonly end: number,
  ) {}

  /** Adds a span that the version's text has in `[at, end)`, or lacks when that is empty. */
  see(span: Span, at: number, end: number, there: Span | undefined): void {
    const isThere = there?.deletedBy === null;
    if (at === end) {
      this.all.push(span);
      if (isThere) this.bringBack(span, at);
      return;
    }
    if (!isThere && (at < this.start || end > this.end)) this.isTornBeside = true;
    if (!isThere && at < this.remade.from) this.before.push([at, Math.min(end, this.remade.from)]);
    if (!isThere && end > this.remade.to) this.behind.push([Math.max(at, this.remade.to), end]);
    const [from, to] = [Math.max(at, this.start), Math.min(end, this.end)];
    if (from >= to) return;
    const part = partOf(span, from - at, to - at);
    this.all.push(part);
    if (isThere) {
      this.there.push(part);
      this.open = undefined;
    } else this.takeOut(from, to, there?.deletedBy ?? this.remade.restoredBy);
  }

  /**
   * Whether the other version has exactly the restored text there. The range may slide over neighbouring text, but
   * restored text must not take the place of text that stayed. The exceptions are a line's punctuation and its break,
   * which go with the restored words.
   */
  isMade(text: string, store: CharacterStore): boolean {
    const { from, to, text: made } = this.remade;
    const there = textOf(store, this.there);
    if (this.isTornBeside || there !== text.slice(this.start, from) + made + text.slice(to, this.end)) return false;
    const isOwn = ([start, end]: readonly [number, number]): boolean =>
      !hasLetters(made) || !isFormattingOnly(text.slice(start, end));
    const staysBefore = this.before.some((part) => isOwn(part) || text.slice(part[0], from).includes('\n'));
    const staysBehind = this.behind.some(isOwn);
    let at = 0;
    return this.there.every((span) => {
      const begin = at;
      at += span.length;
      return (
        !this.brought.has(span) ||
        !((staysBefore && begin < from - this.start) || (staysBehind && at > there.length - (this.end - to)))
      );
    });
  }

  private bringBack(span: Span, at: number): void {
    const { restoredBy } = this.remade;
    this.there.push(span);
    this.brought.add(span);
    if (this.open?.to !== at) this.add({ from: at, to: at, by: restoredBy, items: [] });
    if (this.open)
      this.set({
        ...this.open,
        items: [...this.open.items, { id: span.id, length: span.length, restoredBy, deletedBy: null }],
      });
  }

  private takeOut(from: number, to: number, by: Operation): void {
    if (this.open?.to === from && (this.open.by === by || this.open.from === from)) this.set({ ...this.open, to, by });
    else this.add({ from, to, by, items: [] });
  }

  private add(hunk: WeaveHunk): void {
    this.hunks.push((this.open = hunk));
  }

  private set(hunk: WeaveHunk): void {
    this.hunks[this.hunks.length - 1] = this.open = hunk;
  }
}

/**
 * For each range of a version, how another version differs there. The ranges are ascending and disjoint. `order`: the
 * spans of the weave, in their order.
 */
export function diffRange(
  on: Snapshot,
  snapshot: Snapshot,
  order: readonly Span[],
  ranges: readonly RestoredRange[],
): RangeDiff[] {
  const [mine, theirs] = [new SnapshotCursor(on.spans), new SnapshotCursor(snapshot.spans)];
  const found: RangeDiff[] = [];
  ranges.forEach((remade, i) =>
    found.push(
      new RangeDiff(
        remade,
        ...beside(on.text, remade, found.at(-1)?.end ?? -1, ranges[i + 1]?.from ?? on.text.length + 1),
      ),
    ),
  );
  let at = 0;
  let next = 0;
  for (const span of order) {
    const end = mine.stateOf(span)?.deletedBy === null ? at + span.length : at;
    const there = theirs.stateOf(span);
    while ((found[next]?.end ?? Infinity) < at) next++;
    // Text directly before or after a range is examined too.
    for (let i = next; i < found.length; i++) {
      const range = found[i];
      if (!range || range.start > end) break;
      range.see(span, at, end, there);
    }
    at = end;
  }
  return found;
}

/**
 * The range extended by the line before it and the rest of its last line, without overlapping the ranges examined for
 * others.
 */
function beside(text: string, { from, to }: RestoredRange, done: number, next: number): [start: number, end: number] {
  const above = from > 1 ? text.lastIndexOf('\n', from - 2) + 1 : 0;
  const rest = text.indexOf('\n', to);
  return [
    Math.min(from, Math.max(above, done + 1)),
    Math.max(to, Math.min(rest < 0 ? text.length : rest + 1, next - 1)),
  ];
}
