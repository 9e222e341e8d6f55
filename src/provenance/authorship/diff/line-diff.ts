/** Which lines two texts have in common: diff-sequences, with a bound on the worst case. */
import type { LineHunk } from '../../../git/types';
import { LINE_STEPS, Steps } from './step-budget';
import { commonSequence, type Match } from './common-sequence';

/** Above this many lines on both sides together, lines that occur once on each side are matched first. */
const PATIENCE_FROM = 20_000;

/** The runs of lines that differ: a minimal diff. */
export function diffLines(a: readonly string[], b: readonly string[]): LineHunk[] {
  return together(hunksOf(matchLines(a, b), a.length, b.length), a, b);
}

/**
 * Which of several equal lines was removed or added is ambiguous: the same change can often be written as two runs or
 * as one. A single run is the more likely edit.
 */
function together(hunks: readonly LineHunk[], a: readonly string[], b: readonly string[]): LineHunk[] {
  const joined: LineHunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const union = last && oneOf(last, hunk, a, b);
    if (union) joined[joined.length - 1] = union;
    else joined.push(hunk);
  }
  return joined;
}

/** Merges two runs into one, where both only remove lines or both only add lines. */
function oneOf(first: LineHunk, second: LineHunk, a: readonly string[], b: readonly string[]): LineHunk | undefined {
  const between = second.oldStart - first.oldEnd;
  if ([first, second].every(({ newStart, newEnd }) => newStart === newEnd)) {
    if (isSame(a, first.oldStart, first.oldEnd, between)) return { ...second, oldStart: first.oldStart + between };
    if (isSame(a, first.oldEnd, second.oldEnd - between, between)) return { ...first, oldEnd: second.oldEnd - between };
  } else if ([first, second].every(({ oldStart, oldEnd }) => oldStart === oldEnd)) {
    if (isSame(b, first.newStart, first.newEnd, between)) return { ...second, newStart: first.newStart + between };
    if (isSame(b, first.newEnd, second.newEnd - between, between)) return { ...first, newEnd: second.newEnd - between };
  }
  return undefined;
}

function isSame(lines: readonly string[], first: number, second: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (lines[first + i] !== lines[second + i]) return false;
  return true;
}

/**
 * The runs of lines (0-based) that the caller reports as removed and added; undefined when the remaining lines differ.
 */
export function hunksAsGiven(
  a: readonly string[],
  b: readonly string[],
  isTakenOut: (line: number) => boolean,
  isPutIn: (line: number) => boolean,
): LineHunk[] | undefined {
  const hunks: LineHunk[] = [];
  for (let x = 0, y = 0; x < a.length || y < b.length;) {
    const [oldStart, newStart] = [x, y];
    while (x < a.length && isTakenOut(x)) x++;
    while (y < b.length && isPutIn(y)) y++;
    if (x > oldStart || y > newStart) hunks.push({ oldStart, oldEnd: x, newStart, newEnd: y });
    else if (a[x++] !== b[y++]) return undefined;
  }
  return hunks;
}

/** What lies between matches, which must be ascending. */
export function hunksOf(matches: readonly Match[], aLength: number, bLength: number): LineHunk[] {
  const hunks: LineHunk[] = [];
  let x = 0;
  let y = 0;
  for (const [a, b, length] of [...matches, [aLength, bLength, 0] as const]) {
    if (a > x || b > y) hunks.push({ oldStart: x, oldEnd: a, newStart: y, newEnd: b });
    x = a + length;
    y = b + length;
  }
  return hunks;
}

/**
 * The lines that two lists have in common, in order: a longest common subsequence, or one anchored on lines that occur
 * once on each side where the longest would take too many steps.
 */
export function matchLines(a: readonly string[], b: readonly string[], steps = new Steps(LINE_STEPS)): Match[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const matches: Match[] = head > 0 ? [[0, 0, head]] : [];
  const ids = new Map<string, number>();
  const id = (line: string): number => {
    const known = ids.get(line);
    if (known !== undefined) return known;
    ids.set(line, ids.size);
    return ids.size - 1;
  };
  const x = a.slice(head, a.length - tail).map(id);
  const y = b.slice(head, b.length - tail).map(id);
  for (const [i, j, length] of matchIds(x, y, steps)) matches.push([i + head, j + head, length]);
  if (tail > 0) matches.push([a.length - tail, b.length - tail, tail]);
  return matches;
}

function matchIds(x: readonly number[], y: readonly number[], steps: Steps): Match[] {
  if (x.length === 0 || y.length === 0) return [];
  if (x.length + y.length > PATIENCE_FROM) {
    const matches = matchPatiently(x, y, steps);
    if (matches.length > 0) return matches;
  }
  // What exists on one side only can't match, so comparing two unrelated texts costs almost nothing.
  const inX = new Set(x);
  const inY = new Set(y);
  const keepX = indexesIn(x, inY);
  const keepY = indexesIn(y, inX);
  const matches = commonSequence(keepX.length, keepY.length, (i, j) => x[keepX[i] ?? -1] === y[keepY[j] ?? -1], steps);
  if (!matches) return matchPatiently(x, y, steps);
  return matches.flatMap(([i, j, length]) =>
    Array.from({ length }, (_, k): Match => [keepX[i + k] ?? 0, keepY[j + k] ?? 0, 1]),
  );
}

function indexesIn(values: readonly number[], wanted: ReadonlySet<number>): number[] {
  const indexes: number[] = [];
  values.forEach((value, i) => {
    if (wanted.has(value)) indexes.push(i);
  });
  return indexes;
}

/** Lines that occur once on each side, in order, and what matches between them as far as the steps allow. */
function matchPatiently(x: readonly number[], y: readonly number[], steps: Steps): Match[] {
  const once = (values: readonly number[]): Map<number, number> => {
    const at = new Map<number, number>();
    values.forEach((value, i) => at.set(value, at.has(value) ? -1 : i));
    return at;
  };
  const yAt = once(y);
  const pairs: [number, number][] = [];
  for (const [value, i] of once(x)) {
    const j = yAt.get(value);
    if (i >= 0 && j !== undefined && j >= 0) pairs.push([i, j]);
  }
  pairs.sort((p, q) => p[0] - q[0]);
  const chain = longestRising(pairs);
  const matches: Match[] = [];
  let i = 0;
  let j = 0;
  for (const [p, q] of [...chain, [x.length, y.length] as const]) {
    const gapX = x.slice(i, p);
    const gapY = y.slice(j, q);
    const isSmaller = gapX.length < x.length || gapY.length < y.length;
    if (isSmaller) for (const [u, v, length] of matchIds(gapX, gapY, steps)) matches.push([u + i, v + j, length]);
    if (p < x.length) matches.push([p, q, 1]);
    i = p + 1;
    j = q + 1;
  }
  return matches;
}

function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, j], n) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    before[n] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = n;
  });
  const chain: (readonly [number, number])[] = [];
  for (let n = tops.at(-1) ?? -1; n >= 0; n = before[n] ?? -1) {
    const pair = pairs[n];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}
