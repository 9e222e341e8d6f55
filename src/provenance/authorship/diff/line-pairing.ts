/** Which old line of a hunk became which new line: the pairs that have most in common, in order. */
import type { LineHunk } from '../../../git/types';
import { MovedLines } from './moved-lines';
import { bagOf, commonOf, shareOf, type Bag } from './line-similarity';
import { lineStarts } from '../text/split-lines';
import { commonEnds, isLong } from './compare-long-lines';
import { ALL_PAIRS_STEPS, FRAME_STEPS, PAIR_STEPS, Steps } from './step-budget';
import { hasLetters, tokens } from './tokens-and-letter-counts';
import { isDistinctive } from './distinctive-lines';

const PAIR_FROM = 0.5;
/** One line that became one line was most likely edited. */
const PAIR_SINGLE_FROM = 0.25;
/** A word of at least this length that only these two lines of the hunk share lowers the likeness they need. */
const TELLING_FROM = 4;
const PAIR_TELLING_FROM = 0.4;
/**
 * A line that existed elsewhere in this exact form is more likely a copy than an edit of a line with less than this in
 * common.
 */
const PAIR_KNOWN_FROM = 0.5;
/** Up to this many pairs of lines, every pair is considered; above it, only lines that share a rare word. */
const PAIRS_AT_MOST = 4_000;
const RARE_AT_MOST = 8;
/**
 * In a line with more words than this, one changed word leaves half of the line in common anyway, or that word is most
 * of the line.
 */
const FRAME_WORDS_AT_MOST = 100;

/** Two lines that belong together, by index, and how many characters they have in common. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly common: number;
}

/**
 * Pairs of a hunk's removed and added lines, ascending on both sides, with the greatest total likeness. Yields after
 * each removed line.
 */
export function* pairLines(
  a: readonly string[],
  b: readonly string[],
  hunk: LineHunk,
  elsewhere: MovedLines,
): Generator<undefined, Pair[]> {
  const single = longPair(a, b, elsewhere);
  if (single) return [single];
  const bagsA = a.map((line) => bagOf(folded(line)));
  const bagsB = b.map((line) => bagOf(folded(line)));
  const inA = placesOf(bagsA);
  const inB = placesOf(bagsB);
  const threshold = a.length === 1 && b.length === 1 ? PAIR_SINGLE_FROM : PAIR_FROM;
  const all = a.length * b.length <= PAIRS_AT_MOST;
  const steps = new Steps(all ? ALL_PAIRS_STEPS : PAIR_STEPS);
  const chain = new HeaviestChain();
  const stayed = asBefore(a, b);
  let frames: ReadonlyMap<number, number> | undefined;
  const isReworded = (i: number, j: number): boolean => all && (frames ??= rewordedIn(a, b)).get(i) === j;
  for (const [i, bag] of bagsA.entries()) {
    yield;
    const telling = new Set<number>();
    const near = new Set<number>();
    for (const token of bag.counts.keys()) {
      const there = inB.get(token);
      const here = inA.get(token);
      if (!there || !here) continue;
      const [only] = there;
      if (token.length >= TELLING_FROM && here.length === 1 && there.length === 1 && only !== undefined)
        telling.add(only);
      if (!all && there.length <= RARE_AT_MOST && here.length <= RARE_AT_MOST) for (const j of there) near.add(j);
    }
    const candidates = all ? bagsB.keys() : [...near].sort((x, y) => x - y);
    chain.add(
      i,
      [...candidates].flatMap((j) => {
        const candidate = bagsB[j];
        if (!candidate || !(steps.take(bag.counts.size) || (all && i === j))) return [];
        const [from, to] = [a[i] ?? '', b[j] ?? ''];
        const same = from.trim() === to.trim();
        if (!same && (stayed.has(to.trim()) || elsewhere.isMoved(from) || elsewhere.isMoved(to))) return [];
        const [mine, its] = isLong(from) === isLong(to) ? [bag, candidate] : [bagOf(from, true), bagOf(to, true)];
        const common = commonOf(mine, its);
        const likeness = shareOf(common, mine, its);
        if (likeness < threshold && (likeness < PAIR_TELLING_FROM || !telling.has(j)) && !isReworded(i, j)) return [];
        const isFromElsewhere = (): boolean =>
          elsewhere.isKnown(to, hunk.oldStart + i, hunk.oldStart + i + 1) || elsewhere.isLikeMoved(to, hunk);
        if (likeness < PAIR_KNOWN_FROM && isFromElsewhere()) return [];
        return [{ j, score: likeness + 0.01, common }];
      }),
    );
  }
  return chain.best();
}

/**
 * The same pairs for two runs of lines that took each other's place, without the rest of the text: by index, each line
 * that became another one.
 */
export function editedLines(a: readonly string[], b: readonly string[]): readonly Pick<Pair, 'a' | 'b'>[] {
  const hunk = { oldStart: 0, oldEnd: a.length, newStart: 0, newEnd: b.length };
  const work = pairLines(a, b, hunk, new MovedLines(a, b, [hunk], lineStarts(a), () => false));
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Who writes a word in capitals keeps the word. */
const folded = (line: string): string => (isLong(line) ? line : line.toLowerCase());

/** A single long line that became another one, with at least half of it in common at the two ends. */
function longPair(a: readonly string[], b: readonly string[], elsewhere: MovedLines): Pair | undefined {
  const [from, to] = [a[0] ?? '', b[0] ?? ''];
  if (
    a.length !== 1 ||
    b.length !== 1 ||
    !isLong(from) ||
    !isLong(to) ||
    elsewhere.isMoved(from) ||
    elsewhere.isMoved(to)
  )
    return undefined;
  const { head, tail } = commonEnds(from, to);
  return (head + tail) * 2 >= Math.max(from.length, to.length) ? { a: 0, b: 0, common: head + tail } : undefined;
}

/**
 * Lines that occur in the hunk at most as often as before, ignoring the white space around them: they may have moved,
 * but none was made from another line.
 */
function asBefore(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  for (const line of b) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) - 1);
  return new Set(b.map((line) => line.trim()).filter((key) => isDistinctive(key) && (counts.get(key) ?? -1) >= 0));
}

/**
 * For lines of `a`, the one line of `b` that differs in a single word, however long that word is: `- name: 3` and
 * `- title: 3`. At least one other word must stay, and no other line on either side may match.
 */
function rewordedIn(a: readonly string[], b: readonly string[]): ReadonlyMap<number, number> {
  const steps = new Steps(FRAME_STEPS);
  const inA = framesOf(a, steps);
  const inB = framesOf(b, steps);
  const pairs = new Map<number, number>();
  for (const [frame, i] of inA) {
    const j = inB.get(frame);
    if (i !== undefined && j !== undefined) pairs.set(i, j);
  }
  return pairs;
}

/** Maps each line minus one of its words to the line's index; undefined when several lines share it. */
function framesOf(lines: readonly string[], steps: Steps): ReadonlyMap<string, number | undefined> {
  const frames = new Map<string, number | undefined>();
  for (const [i, line] of lines.entries()) {
    if (isLong(line)) continue;
    const text = folded(line.trim());
    const list = tokens(text);
    const words: { readonly from: number; readonly to: number }[] = [];
    let from = 0;
    for (const token of list) {
      const to = from + token.length;
      if (hasLetters(token)) words.push({ from, to });
      from = to;
    }
    if (words.length < 2 || words.length > FRAME_WORDS_AT_MOST || !steps.take(words.length * list.length)) continue;
    for (const { from, to } of words) {
      const frame = `${text.slice(0, from)}\0${text.slice(to)}`;
      frames.set(frame, frames.has(frame) ? undefined : i);
    }
  }
  return frames;
}

function placesOf(bags: readonly Bag[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  bags.forEach((bag, i) => {
    for (const token of bag.counts.keys()) {
      const list = places.get(token);
      if (list) list.push(i);
      else places.set(token, [i]);
    }
  });
  return places;
}

interface Link {
  readonly pair: Pair;
  readonly total: number;
  readonly before: Link | undefined;
}

/** The ascending chain of pairs with the greatest sum of scores. */
class HeaviestChain {
  /** For each end in the new lines, the best chain that ends there or before; totals rise with the index. */
  private readonly ends: { readonly j: number; readonly link: Link }[] = [];

  /** The candidates of the next old line, ascending. */
  add(a: number, candidates: readonly { readonly j: number; readonly score: number; readonly common: number }[]): void {
    const links = candidates.map(({ j, score, common }) => {
      const before = this.ends[this.firstFrom(j) - 1]?.link;
      return { j, link: { pair: { a, b: j, common }, total: (before?.total ?? 0) + score, before } };
    });
    for (const { j, link } of links) {
      const at = this.firstFrom(j);
      const here = this.ends[at];
      const known = here?.j === j ? here : this.ends[at - 1];
      if (known && known.link.total >= link.total) continue;
      // A chain that ends later with a smaller total is of no use any more.
      let until = at;
      while (until < this.ends.length && (this.ends[until]?.link.total ?? Infinity) <= link.total) until++;
      this.ends.splice(at, until - at, { j, link });
    }
  }

  best(): Pair[] {
    const pairs: Pair[] = [];
    for (let link = this.ends.at(-1)?.link; link; link = link.before) pairs.push(link.pair);
    return pairs.reverse();
  }

  /** Index of the first end at `j` or behind it. */
  private firstFrom(j: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle]?.j ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
