/** How much two lines have in common. Pure. */
import { type Splice, trimEnds } from './trim-splices';
import { isLong, partsOfLong } from './compare-long-lines';
import { tokens } from './tokens-and-letter-counts';

/** How much two lines have in common, from 0 to 1. Long lines have parts in common, not words. */
export function similarity(a: string, b: string): number {
  const byParts = isLong(a) || isLong(b);
  const [x, y] = [bagOf(a, byParts), bagOf(b, byParts)];
  return shareOf(commonOf(x, y), x, y);
}

/** The share of the larger of two lines that they have in common, from 0 to 1. */
export function shareOf(common: number, x: Bag, y: Bag): number {
  const larger = Math.max(x.size, y.size);
  return larger === 0 ? 1 : Math.min(1, common / larger);
}

/** The words and punctuation of a line, or the parts of a long one, and their total weight. */
export interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

/** A word weighs its length; a punctuation mark weighs a quarter of a character. */
export const weightOf = (token: string): number =>
  /\w/.test(token) || token.charCodeAt(0) > 127 ? token.length : 0.25;

export function bagOf(line: string, byParts = isLong(line)): Bag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const token of byParts ? partsOfLong(line) : tokens(line)) {
    if (!/\S/.test(token)) continue;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    size += weightOf(token);
  }
  return { counts, size };
}

/** How many characters two lines have in common. */
export function commonOf(a: Bag, b: Bag): number {
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
    // A word that gained a letter is still mostly the same word.
    if (leftB.length <= 8) for (const x of leftA) common += Math.max(0, ...leftB.map((y) => keptEnds(x, y)));
  }
  return common;
}

function keptEnds(x: string, y: string): number {
  const s = trimEnds({ oldStart: 0, oldEnd: x.length, newStart: 0, newEnd: y.length }, x, y);
  return grew(s, Math.max(x.length, y.length)) && /\w/.test(x) ? Math.min(x.length, y.length) : 0;
}

/**
 * What is left after trimming shows that text only grew or only shrank, and by no more than half: `item1` to `item2` is
 * another word.
 */
export const grew = (s: Splice, longer: number): boolean => {
  const out = s.oldEnd - s.oldStart;
  const into = s.newEnd - s.newStart;
  return (out === 0 || into === 0) && (out + into) * 2 <= longer;
};
