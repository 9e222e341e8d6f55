/** Lines that a formatter broke in other places: several of one side are one of the other. Pure. */
import { type Pair } from './line-pairing';
import { withoutFormatting, isDistinctive } from './tokens';

/** Lines of a hunk, counted from its first, that belong together. */
interface Counterparts extends Pick<Pair, 'a' | 'b'> {
  /** What is between it and the one before was only wrapped otherwise. */
  readonly wraps?: boolean;
  /**
   * So many lines of the one side are one of the other, wrapped otherwise. Default: a line for a line, which may
   * differ.
   */
  readonly oldLines?: number;
  readonly newLines?: number;
}

/** The same line, but for blanks or another break at its end. */
const gotOtherEnd = (from = '', to = ''): boolean => isDistinctive(from) && from.trimEnd() === to.trimEnd();

/**
 * The pairs up to the end of both texts. Where all lines got other ends of line, those between two that are the same
 * otherwise may only have been wrapped otherwise besides: then they are no pairs, and the next one says so.
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
 * The pairs, with the lines beside one that pair with none where together they are its other line, parted or put
 * together. `isWrapped`: whether such lines may be.
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
    const [one, other] = [oldLines[pair.a], newLines[pair.b]];
    if (
      one === undefined ||
      other === undefined ||
      pair.wraps === true ||
      after?.wraps === true ||
      withoutFormatting(one) === withoutFormatting(other)
    ) {
      found.push(pair);
      continue;
    }
    const put = partsOf(
      one,
      newLines,
      pair.b,
      before ? before.b + (before.newLines ?? 1) : 0,
      after?.b ?? newLines.length,
    );
    if (put && isWrapped(newLines.slice(put.from, put.to).filter((line) => line !== other))) {
      found.push({ a: pair.a, b: put.from, newLines: put.to - put.from });
      continue;
    }
    const taken = partsOf(
      other,
      oldLines,
      pair.a,
      before ? before.a + (before.oldLines ?? 1) : 0,
      after?.a ?? oldLines.length,
    );
    found.push(taken ? { a: taken.from, b: pair.b, oldLines: taken.to - taken.from } : pair);
  }
  return found;
}

/**
 * The lines within `[first, last)`, with that `at` and more, that are together another line; undefined where none are.
 */
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
