/** Which lines of a hunk became which: those that have most in common, in order. */
import type { MovedLines } from './moved-lines';
import { bagOf, commonOf, shareOf, type Bag } from './similarity';
import type { LineHunk } from './line-diff';
import { commonEnds, isLong } from './long-lines';
import { ALL_PAIRS_STEPS, FRAME_STEPS, PAIR_STEPS, Steps } from './steps';
import { hasLetters, isDistinctive, tokens } from './tokens';

const PAIR_FROM = 0.5;
/** One line that became one line was most likely edited. */
const PAIR_SINGLE_FROM = 0.25;
/** With a word that only these two lines of the hunk have, of this length or more, less likeness is enough. */
const TELLING_FROM = 4;
const PAIR_TELLING_FROM = 0.4;
/** A line that was somewhere before just so was rather copied from there than made from one with less in common. */
const PAIR_KNOWN_FROM = 0.5;
/** Up to so many pairs of lines every one is looked at; above, only lines that share a word that few others have. */
const PAIRS_AT_MOST = 4_000;
const RARE_AT_MOST = 8;
/** A line of more words that differs in one of them has half in common with what it was, or that one is most of it. */
const FRAME_WORDS_AT_MOST = 100;

/** Two lines that belong together, by index, and how many characters they have in common. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly common: number;
}

/**
 * Pairs of the lines that a hunk took away and of those that it put in, ascending on both sides, with the greatest
 * likeness in all. Yields after each of the former.
 */
export function* pairLines(
  a: readonly string[],
  b: readonly string[],
  hunk: LineHunk,
  elsewhere: MovedLines,
): Generator<undefined, Pair[]> {
  const single = longPair(a, b, elsewhere);
  if (single) return [single];
  const bagsA = a.map((line) => bagOf(line));
  const bagsB = b.map((line) => bagOf(line));
  const inA = placesOf(bagsA);
  const inB = placesOf(bagsB);
  const threshold = a.length === 1 && b.length === 1 ? PAIR_SINGLE_FROM : PAIR_FROM;
  const all = a.length * b.length <= PAIRS_AT_MOST;
  const steps = new Steps(all ? ALL_PAIRS_STEPS : PAIR_STEPS);
  const chain = new HeaviestChain();
  const stayed = asBefore(a, b);
  const reworded = all ? rewordedIn(a, b) : new Map<number, number>();
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
        const other = bagsB[j];
        if (!other || !(steps.take(bag.counts.size) || (all && i === j))) return [];
        const [from, to] = [a[i] ?? '', b[j] ?? ''];
        const same = from.trim() === to.trim();
        if (!same && (stayed.has(to.trim()) || elsewhere.isMoved(from) || elsewhere.isMoved(to))) return [];
        const [mine, its] = isLong(from) === isLong(to) ? [bag, other] : [bagOf(from, true), bagOf(to, true)];
        const common = commonOf(mine, its);
        const likeness = shareOf(common, mine, its);
        if (likeness < threshold && (likeness < PAIR_TELLING_FROM || !telling.has(j)) && reworded.get(i) !== j)
          return [];
        const isFromElsewhere = (): boolean =>
          elsewhere.isKnown(to, hunk.oldStart + i, hunk.oldStart + i + 1) || elsewhere.isLikeMoved(to, hunk);
        if (likeness < PAIR_KNOWN_FROM && isFromElsewhere()) return [];
        return [{ j, score: likeness + 0.01, common }];
      }),
    );
  }
  return chain.best();
}

/** A long line that became another one which begins and ends with half of it. */
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
 * Lines that the hunk has as often as before, but for the white space around them: they were moved at most, none of
 * them made from another one.
 */
function asBefore(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  for (const line of b) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) - 1);
  return new Set(b.map((line) => line.trim()).filter((key) => isDistinctive(key) && (counts.get(key) ?? -1) >= 0));
}

/**
 * For lines of `a`, the one line of `b` that is the same but for a single word, however long that is: `- name: 3` and
 * `- title: 3`. A word that stays must be there besides, and no other line of either may be like them.
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

/** By what a line is without one of its words, the line that is so; undefined where several are. */
function framesOf(lines: readonly string[], steps: Steps): ReadonlyMap<string, number | undefined> {
  const frames = new Map<string, number | undefined>();
  for (const [i, line] of lines.entries()) {
    if (isLong(line)) continue;
    const list = tokens(line.trim());
    const words = list.flatMap((token, at) => (hasLetters(token) ? [at] : []));
    if (words.length < 2 || words.length > FRAME_WORDS_AT_MOST || !steps.take(words.length * list.length)) continue;
    for (const at of words) {
      const frame = [...list.slice(0, at), '\0', ...list.slice(at + 1)].join('');
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

/** The ascending row of pairs with the greatest sum of scores. */
class HeaviestChain {
  /** For each end in the new lines, the best row that ends there or before; totals rise with the index. */
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
      // What ends later with less is of no use any more.
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
