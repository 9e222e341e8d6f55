/** Which lines of a hunk became which: those that have most in common, in order. */
import { tokens, trimEnds } from './words';
import type { Splice } from './compare';

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

/** Two lines that belong together, by index, and how many characters they have in common. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly common: number;
}

/** Tells of a line, without the white space around it, that it was somewhere before just so. */
export type IsKnown = (line: string) => boolean;

/** What is known of lines besides: those that `moved` pair only with the same line, a known one with no line that is only a bit like it. */
export interface Elsewhere {
  readonly moved: ReadonlySet<string>;
  readonly isKnown: IsKnown;
}

/** Pairs of lines, ascending on both sides, with the greatest likeness in all. */
export function pairLines(a: readonly string[], b: readonly string[], { moved, isKnown }: Elsewhere): Pair[] {
  const keyOf = (line: string | undefined): string => (line ?? '').trim();
  const bagsA = a.map(bagOf);
  const bagsB = b.map(bagOf);
  const inA = placesOf(bagsA);
  const inB = placesOf(bagsB);
  const threshold = a.length === 1 && b.length === 1 ? PAIR_SINGLE_FROM : PAIR_FROM;
  const all = a.length * b.length <= PAIRS_AT_MOST;
  const chain = new HeaviestChain();
  bagsA.forEach((bag, i) => {
    const telling = new Set<number>();
    const near = new Set<number>();
    for (const token of bag.counts.keys()) {
      const there = inB.get(token);
      const here = inA.get(token);
      if (!there || !here) continue;
      const [only] = there;
      if (token.length >= TELLING_FROM && here.length === 1 && there.length === 1 && only !== undefined) telling.add(only);
      if (!all && there.length <= RARE_AT_MOST && here.length <= RARE_AT_MOST) for (const j of there) near.add(j);
    }
    const candidates = all ? bagsB.keys() : [...near].sort((x, y) => x - y);
    chain.add(
      i,
      [...candidates].flatMap((j) => {
        const other = bagsB[j];
        if (!other) return [];
        if (moved.size > 0) {
          const [from, to] = [keyOf(a[i]), keyOf(b[j])];
          if (from !== to && (moved.has(from) || moved.has(to))) return [];
        }
        const common = commonOf(bag, other);
        const larger = Math.max(bag.size, other.size);
        const likeness = larger === 0 ? 1 : Math.min(1, common / larger);
        if (likeness < threshold && (likeness < PAIR_TELLING_FROM || !telling.has(j))) return [];
        return likeness < PAIR_KNOWN_FROM && isKnown(keyOf(b[j])) ? [] : [{ j, score: likeness + 0.01, common }];
      }),
    );
  });
  return chain.best();
}

/** How much two lines have in common, from 0 to 1. */
export function likeness(a: string, b: string): number {
  const [x, y] = [bagOf(a), bagOf(b)];
  const larger = Math.max(x.size, y.size);
  return larger === 0 ? 1 : Math.min(1, commonOf(x, y) / larger);
}

interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

/** Words weigh by their length, a punctuation mark by a quarter of a character. */
export const weightOf = (token: string): number => (/\w/.test(token) || token.charCodeAt(0) > 127 ? token.length : 0.25);

function bagOf(line: string): Bag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const token of tokens(line)) {
    if (/^\s/.test(token)) continue;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    size += weightOf(token);
  }
  return { counts, size };
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

function commonOf(a: Bag, b: Bag): number {
  let common = 0;
  const leftA: string[] = [];
  const leftB: string[] = [];
  for (const [token, n] of a.counts) {
    const shared = Math.min(n, b.counts.get(token) ?? 0);
    common += weightOf(token) * shared;
    if (n > shared) leftA.push(token);
  }
  if (leftA.length <= 8) {
    for (const [token, n] of b.counts) if (n > (a.counts.get(token) ?? 0)) leftB.push(token);
    // A word with a letter more is still mostly the word that it was.
    if (leftB.length <= 8) for (const x of leftA) common += Math.max(0, ...leftB.map((y) => keptEnds(x, y)));
  }
  return common;
}

function keptEnds(x: string, y: string): number {
  const s = trimEnds({ oldStart: 0, oldEnd: x.length, newStart: 0, newEnd: y.length }, x, y);
  return grew(s, Math.max(x.length, y.length)) && /\w/.test(x) ? Math.min(x.length, y.length) : 0;
}

/** What is left after trimming says that text only grew or only shrank, and by no more than half: `item1` to `item2` is another word. */
export const grew = (s: Splice, longer: number): boolean => {
  const out = s.oldEnd - s.oldStart;
  const into = s.newEnd - s.newStart;
  return (out === 0 || into === 0) && (out + into) * 2 <= longer;
};

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
