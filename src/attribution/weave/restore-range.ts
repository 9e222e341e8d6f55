/** How a part of a text was in another version: what stayed since, what is gone and by whom, what is to be brought back. Pure. */
import type { Deed, Ink } from './character-store';
import { hasLetters, isNeutral } from '../diff/tokens';
import { Cursor, partOf, textOf, type Gap, type Strand, type Version } from './weave';

/** A range of a text that is made again what it was. */
export interface Remade {
  readonly from: number;
  readonly to: number;
  /** What it is then. */
  readonly text: string;
  /** Who brings that about. */
  readonly back: Deed;
}

/** What a version and another one have unlike in a range, and in the lines beside it: a line break that is there again may stand before the old one or behind it. */
export class Between {
  /** What makes the one of the other, in the range that is looked at. */
  readonly gaps: Gap[] = [];
  /** Everything that is or was in there, in the weave's order. */
  readonly all: Strand[] = [];
  /** What the other version has in there. */
  readonly there: Strand[] = [];
  private readonly brought = new Set<Strand>();
  private isTornBeside = false;
  /** What of the text beside the range the other version has not. */
  private readonly before: (readonly [from: number, to: number])[] = [];
  private readonly behind: (readonly [from: number, to: number])[] = [];
  private open: Gap | undefined;

  /** The range that is looked at. */
  constructor(
    private readonly remade: Remade,
    readonly start: number,
    readonly end: number,
  ) {}

  /** A strand that is in the version's text in `[at, end)`, or nowhere in it when that is empty. */
  see(strand: Strand, at: number, end: number, there: Strand | undefined): void {
    const isThere = there?.gone === null;
    if (at === end) {
      this.all.push(strand);
      if (isThere) this.bringBack(strand, at);
      return;
    }
    if (!isThere && (at < this.start || end > this.end)) this.isTornBeside = true;
    if (!isThere && at < this.remade.from) this.before.push([at, Math.min(end, this.remade.from)]);
    if (!isThere && end > this.remade.to) this.behind.push([Math.max(at, this.remade.to), end]);
    const [from, to] = [Math.max(at, this.start), Math.min(end, this.end)];
    if (from >= to) return;
    const part = partOf(strand, from - at, to - at);
    this.all.push(part);
    if (isThere) {
      this.there.push(part);
      this.open = undefined;
    } else this.takeOut(from, to, there?.gone ?? this.remade.back);
  }

  /**
   * Whether the other version has there what is made of the range again. What stands beside it may be slid over, but nothing that came
   * back may take the place of what stayed; but for a line's semicolon and its like, and its break, which go with the words that came back.
   */
  isMade(text: string, ink: Ink): boolean {
    const { from, to, text: made } = this.remade;
    const there = textOf(ink, this.there);
    if (this.isTornBeside || there !== text.slice(this.start, from) + made + text.slice(to, this.end)) return false;
    const isOwn = ([start, end]: readonly [number, number]): boolean => !hasLetters(made) || !isNeutral(text.slice(start, end));
    const staysBefore = this.before.some((part) => isOwn(part) || text.slice(part[0], from).includes('\n'));
    const staysBehind = this.behind.some(isOwn);
    let at = 0;
    return this.there.every((strand) => {
      const begin = at;
      at += strand.length;
      return !this.brought.has(strand) || !((staysBefore && begin < from - this.start) || (staysBehind && at > there.length - (this.end - to)));
    });
  }

  private bringBack(strand: Strand, at: number): void {
    const { back } = this.remade;
    this.there.push(strand);
    this.brought.add(strand);
    if (this.open?.to !== at) this.add({ from: at, to: at, by: back, fill: [] });
    if (this.open) this.set({ ...this.open, fill: [...this.open.fill, { id: strand.id, length: strand.length, back, gone: null }] });
  }

  private takeOut(from: number, to: number, by: Deed): void {
    if (this.open?.to === from && (this.open.by === by || this.open.from === from)) this.set({ ...this.open, to, by });
    else this.add({ from, to, by, fill: [] });
  }

  private add(gap: Gap): void {
    this.gaps.push((this.open = gap));
  }

  private set(gap: Gap): void {
    this.gaps[this.gaps.length - 1] = this.open = gap;
  }
}

/** For each range of a version, ascending and apart, what is between it and another one there. `order`: the strands of the weave, in their order. */
export function between(on: Version, other: Version, order: readonly Strand[], ranges: readonly Remade[]): Between[] {
  const [mine, theirs] = [new Cursor(on.strands), new Cursor(other.strands)];
  const found: Between[] = [];
  ranges.forEach((remade, i) => found.push(new Between(remade, ...beside(on.text, remade, found.at(-1)?.end ?? -1, ranges[i + 1]?.from ?? on.text.length + 1))));
  let at = 0;
  let next = 0;
  for (const strand of order) {
    const end = mine.at(strand)?.gone === null ? at + strand.length : at;
    const there = theirs.at(strand);
    while ((found[next]?.end ?? Infinity) < at) next++;
    // What stands right before a range, or behind it, is looked at too.
    for (let i = next; i < found.length; i++) {
      const one = found[i];
      if (!one || one.start > end) break;
      one.see(strand, at, end, there);
    }
    at = end;
  }
  return found;
}

/** The range with the line before it and the rest of its last line, as far as they lie apart from what is looked at for others. */
function beside(text: string, { from, to }: Remade, done: number, next: number): [start: number, end: number] {
  const above = from > 1 ? text.lastIndexOf('\n', from - 2) + 1 : 0;
  const rest = text.indexOf('\n', to);
  return [Math.min(from, Math.max(above, done + 1)), Math.max(to, Math.min(rest < 0 ? text.length : rest + 1, next - 1))];
}
