/** Where two texts differ, as edits that turn one into the other: whole lines, by lines that occur once in both. */
import type { Edit, Point } from '@vscode/tree-sitter-wasm';

/** With more than this a text is another one. */
const EDITS_AT_MOST = 200;

/** A run of lines that is another one in the new text; the ends are exclusive. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly nowFrom: number;
  readonly nowTo: number;
}

/**
 * The edits that turn `old` into `now`, last one first, so that each is true of the text that the ones before it leave.
 * Undefined where the texts have too little in common.
 */
export function editsBetween(old: string, now: string): readonly Edit[] | undefined {
  const [was, is] = [linesIn(old), linesIn(now)];
  const gaps = gapsBetween(was, is);
  const changed = gaps.reduce((sum, { from, to, nowFrom, nowTo }) => sum + to - from + nowTo - nowFrom, 0);
  if (gaps.length > EDITS_AT_MOST || changed * 2 > was.length + is.length) return undefined;
  const [offsets, nowOffsets] = [offsetsOf(was), offsetsOf(is)];
  return gaps
    .map(({ from, to, nowFrom, nowTo }): Edit => {
      const startIndex = offsets[from] ?? 0;
      return {
        startIndex,
        oldEndIndex: offsets[to] ?? 0,
        newEndIndex: startIndex + (nowOffsets[nowTo] ?? 0) - (nowOffsets[nowFrom] ?? 0),
        startPosition: { row: from, column: 0 },
        oldEndPosition: endOf(was.slice(from, to), from),
        newEndPosition: endOf(is.slice(nowFrom, nowTo), from),
      };
    })
    .reverse();
}

/** The lines with the breaks that end them. */
const linesIn = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** Where each line starts; and where the last one ends. */
function offsetsOf(lines: readonly string[]): readonly number[] {
  let at = 0;
  return [0, ...lines.map((line) => (at += line.length))];
}

/** The position behind lines, the first of which is row `row`. */
function endOf(lines: readonly string[], row: number): Point {
  const last = lines.at(-1);
  return last === undefined || last.endsWith('\n')
    ? { row: row + lines.length, column: 0 }
    : { row: row + lines.length - 1, column: last.length };
}

function gapsBetween(was: readonly string[], is: readonly string[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let [at, nowAt] = [0, 0];
  const close = (to: number, nowTo: number): void => {
    let [from, nowFrom, end, nowEnd] = [at, nowAt, to, nowTo];
    while (from < end && nowFrom < nowEnd && was[from] === is[nowFrom]) [from, nowFrom] = [from + 1, nowFrom + 1];
    while (from < end && nowFrom < nowEnd && was[end - 1] === is[nowEnd - 1]) [end, nowEnd] = [end - 1, nowEnd - 1];
    if (from < end || nowFrom < nowEnd) gaps.push({ from, to: end, nowFrom, nowTo: nowEnd });
    [at, nowAt] = [to, nowTo];
  };
  let [head, tail] = [0, 0];
  const shorter = Math.min(was.length, is.length);
  while (head < shorter && was[head] === is[head]) head++;
  while (tail < shorter - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  for (const [line, nowLine] of commonIn(was, is, head, tail)) close(line, nowLine);
  close(was.length, is.length);
  return gaps;
}

/** Lines between a common head and tail that occur once in both texts there, in an order that both have. */
function commonIn(
  was: readonly string[],
  is: readonly string[],
  head: number,
  tail: number,
): readonly (readonly [number, number])[] {
  const places = new Map<string, { old: number; now: number; times: number }>();
  for (let at = head; at < was.length - tail; at++) {
    const place = places.get(was[at] ?? '');
    if (place === undefined) places.set(was[at] ?? '', { old: at, now: -1, times: 1 });
    else place.times = 3;
  }
  for (let at = head; at < is.length - tail; at++) {
    const place = places.get(is[at] ?? '');
    if (place === undefined) continue;
    place.now = at;
    place.times++;
  }
  const once = [...places.values()].filter(({ now, times }) => now >= 0 && times === 2);
  return longestRise(once.map(({ now }) => now)).map((index): readonly [number, number] => {
    const { old, now } = once[index] ?? { old: 0, now: 0 };
    return [old, now];
  });
}

/** The positions of a longest run of rising numbers among different ones. */
function longestRise(numbers: readonly number[]): readonly number[] {
  /** For each length the position at which the run of that length ends that is the easiest to go on with. */
  const ends: number[] = [];
  const before = numbers.map((number, position) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = position;
    return low === 0 ? undefined : ends[low - 1];
  });
  const run: number[] = [];
  for (let position = ends.at(-1); position !== undefined; position = before[position]) run.push(position);
  return run.reverse();
}
