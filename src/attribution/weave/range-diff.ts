/**
 * How a part of a text was in another version: what stayed since, what is gone and by whom, what is to be brought back.
 * Pure.
 */
import type { Operation, CharacterStore } from './character-store';
import { hasLetters, isFormattingOnly } from '../diff/tokens';
import { SnapshotCursor, partOf, textOf, type Hunk, type Span, type Snapshot } from './snapshot';

/** A range of a text that is made again what it was. */
export interface RestoredRange {
  readonly from: number;
  readonly to: number;
  /** What it is then. */
  readonly text: string;
  /** Who brings that about. */
  readonly restoredBy: Operation;
}

/**
 * What a version and another one have unlike in a range, and in the lines beside it: a line break that is there again
 * may stand before the old one or behind it.
 */
export class RangeDiff {
  /** What makes the one of the other, in the range that is looked at. */
  readonly hunks: Hunk[] = [];
  /** Everything that is or was in there, in the weave's order. */
  readonly all: Span[] = [];
  /** What the other version has in there. */
  readonly there: Span[] = [];
  private readonly brought = new Set<Span>();
  private isTornBeside = false;
  /** What of the text beside the range the other version has not. */
  private readonly before: (readonly [from: number, to: number])[] = [];
  private readonly behind: (readonly [from: number, to: number])[] = [];
  private open: Hunk | undefined;

  /** The range that is looked at. */
  constructor(
    private readonly remade: RestoredRange,
    readonly start: number,
    readonly end: number,
  ) {}

  /** A span that is in the version's text in `[at, end)`, or nowhere in it when that is empty. */
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
   * Whether the other version has there what is made of the range again. What stands beside it may be slid over, but
   * nothing that came back may take the place of what stayed; but for a line's semicolon and its like, and its break,
   * which go with the words that came back.
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
        items: [...this.open.items, { id: span.id, length: span.length, restoredBy: restoredBy, deletedBy: null }],
      });
  }

  private takeOut(from: number, to: number, by: Operation): void {
    if (this.open?.to === from && (this.open.by === by || this.open.from === from)) this.set({ ...this.open, to, by });
    else this.add({ from, to, by, items: [] });
  }

  private add(hunk: Hunk): void {
    this.hunks.push((this.open = hunk));
  }

  private set(hunk: Hunk): void {
    this.hunks[this.hunks.length - 1] = this.open = hunk;
  }
}

/**
 * For each range of a version, ascending and apart, what is between it and another one there. `order`: the spans of the
 * weave, in their order.
 */
export function diffRange(
  on: Snapshot,
  other: Snapshot,
  order: readonly Span[],
  ranges: readonly RestoredRange[],
): RangeDiff[] {
  const [mine, theirs] = [new SnapshotCursor(on.spans), new SnapshotCursor(other.spans)];
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
    // What stands right before a range, or behind it, is looked at too.
    for (let i = next; i < found.length; i++) {
      const one = found[i];
      if (!one || one.start > end) break;
      one.see(span, at, end, there);
    }
    at = end;
  }
  return found;
}

/**
 * The range with the line before it and the rest of its last line, as far as they lie apart from what is looked at for
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
