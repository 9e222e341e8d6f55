/** Lines that a formatter broke in other places: several lines on one side correspond to one on the other. Pure. */
import { type Pair } from './line-pairing';
import { isDistinctive } from './distinctive-lines';
import { withoutFormatting } from './formatting-neutral';

/** Corresponding lines of a hunk, numbered from its first line. */
interface Counterparts extends Pick<Pair, 'a' | 'b'> {
  /** What lies between this pair and the one before was only re-wrapped. */
  readonly wraps?: boolean;
  /**
   * This many lines of one side are one line of the other, re-wrapped. Default: one line for one line, which may
   * differ.
   */
  readonly oldLines?: number;
  readonly newLines?: number;
}

/** The same line, apart from trailing blanks or a different line ending. */
const gotOtherEnd = (from = '', to = ''): boolean => isDistinctive(from) && from.trimEnd() === to.trimEnd();

/**
 * The pairs up to the end of both texts. Where every line got a new line ending, the lines between two otherwise equal
 * ones may also have been re-wrapped: then they form no pairs, and the next pair is marked `wraps`.
 */
export function withWrapped(
  oldLines: readonly string[],
  newLines: readonly string[],
  pairs: readonly Pair[],
): Counterparts[] {
  const all = [...pairs, { a: oldLines.length, b: newLines.length }];
  const ends = [
    ...pairs.filter((pair) => gotOtherEnd(oldLines[pair.a], newLines[pair.b])),
    { a: oldLines.length, b: newLines.length },
  ];
  if (ends.length === 1) return all;
  const wraps = new Map<number, number>();
  let [from, to] = [0, 0];
  for (const { a, b } of ends) {
    if (
      a > from &&
      b - to !== a - from &&
      withoutFormatting(oldLines.slice(from, a).join('')) === withoutFormatting(newLines.slice(to, b).join(''))
    )
      wraps.set(a, from);
    [from, to] = [a + 1, b + 1];
  }
  const isWrapped = (line: number): boolean => [...wraps].some(([end, start]) => start <= line && line < end);
  return all
    .filter(({ a }) => wraps.size === 0 || !isWrapped(a))
    .map((pair) => (wraps.has(pair.a) ? { ...pair, wraps: true } : pair));
}

/**
 * The pairs, each widened by adjacent unpaired lines where together they make up its other line, split or joined.
 * `isWrapped`: whether such lines may be part of a re-wrap.
 */
export function withParted(
  oldLines: readonly string[],
  newLines: readonly string[],
  pairs: readonly Counterparts[],
  isWrapped: (lines: readonly string[]) => boolean,
): Counterparts[] {
  const found: Counterparts[] = [];
  for (const [index, pair] of pairs.entries()) {
    const [before, after] = [found.at(-1), pairs[index + 1]];
    const [first, second] = [oldLines[pair.a], newLines[pair.b]];
    if (
      first === undefined ||
      second === undefined ||
      pair.wraps === true ||
      after?.wraps === true ||
      withoutFormatting(first) === withoutFormatting(second)
    ) {
      found.push(pair);
      continue;
    }
    const put = partsOf(
      first,
      newLines,
      pair.b,
      before ? before.b + (before.newLines ?? 1) : 0,
      after?.b ?? newLines.length,
    );
    if (put && isWrapped(newLines.slice(put.from, put.to).filter((line) => line !== second))) {
      found.push({ a: pair.a, b: put.from, newLines: put.to - put.from });
      continue;
    }
    const parts = partsOf(
      second,
      oldLines,
      pair.a,
      before ? before.a + (before.oldLines ?? 1) : 0,
      after?.a ?? oldLines.length,
    );
    found.push(parts ? { a: parts.from, b: pair.b, oldLines: parts.to - parts.from } : pair);
  }
  return found;
}

/** The lines within `[first, last)`, `at` and more, that together make up another line; undefined where none do. */
function partsOf(
  whole: string,
  lines: readonly string[],
  at: number,
  first: number,
  last: number,
): { readonly from: number; readonly to: number } | undefined {
  if (last - first < 2) return undefined; // there is no other line
  const [all, part] = [withoutFormatting(whole), withoutFormatting(lines[at] ?? '')];
  const place = part === '' ? -1 : all.indexOf(part);
  if (place < 0) return undefined;
  let [head, tail] = [all.slice(0, place), all.slice(place + part.length)];
  let [from, to] = [at, at + 1];
  for (
    let said = withoutFormatting(lines[from - 1] ?? '');
    from > first && said !== '' && head.endsWith(said);
    said = withoutFormatting(lines[from - 1] ?? '')
  ) {
    head = head.slice(0, head.length - said.length);
    from--;
  }
  for (
    let said = withoutFormatting(lines[to] ?? '');
    to < last && said !== '' && tail.startsWith(said);
    said = withoutFormatting(lines[to] ?? '')
  ) {
    tail = tail.slice(said.length);
    to++;
  }
  return head === '' && tail === '' ? { from, to } : undefined;
}
