/**
 * What one edit did to a text: which characters stayed, and which were deleted or inserted.
 *
 * It compares lines first, then words within similar lines. A character counts as kept only where that is likely,
 * because a kept character keeps its author: a lone bracket shared by two unrelated lines was not kept.
 *
 * Offsets are UTF-16 code units, as in a JavaScript string.
 */
import type { LineHunk } from '../../../git/types';
import { MovedLines, type IsKnown } from './moved-lines';
import { weightOf } from './line-similarity';
import { diffLines } from './line-diff';
import { lineStarts, splitLines } from '../text/split-lines';
import { commonEnds, isLong } from './compare-long-lines';
import { pairLines, type Pair } from './line-pairing';
import { LONG_STEPS, Steps, wordSteps } from './step-budget';
import { tokens } from './tokens-and-letter-counts';
import { isDistinctive } from './distinctive-lines';
import { withoutFormatting, NEUTRAL } from './formatting-neutral';
import { joined, type WordSteps, matchTokens, refineLine, splicesOf } from './word-diff';
import { type Splice, trimEnds } from './trim-splices';
import { withWrapped, withParted } from './pair-wrapped-and-split-lines';

/**
 * What changed between two texts, in ascending order; empty when they are equal. `isKnown` recognises lines from
 * elsewhere; `hunks` are the runs of lines that differ, if already known.
 */
export function diffChars(
  before: string,
  after: string,
  isKnown: IsKnown = () => false,
  hunks?: readonly LineHunk[],
): Splice[] {
  const work = diffCharsInSteps(before, after, isKnown, hunks);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The same, as a generator that can be interrupted at each yield: after roughly every line or few lines of work. */
export function* diffCharsInSteps(
  before: string,
  after: string,
  isKnown: IsKnown = () => false,
  known?: readonly LineHunk[],
): Generator<undefined, Splice[]> {
  if (before === after) return [];
  const a = splitLines(before);
  const b = splitLines(after);
  const aStarts = lineStarts(a);
  const bStarts = lineStarts(b);
  const splices: Splice[] = [];
  const hunks = known ?? diffLines(a, b);
  const elsewhere = new MovedLines(a, b, hunks, aStarts, isKnown);
  const steps: WordSteps = { words: new Steps(wordSteps(before.length + after.length)), long: new Steps(LONG_STEPS) };
  for (const hunk of hunks) {
    yield;
    yield* refineHunk(a, b, hunk, elsewhere, (splice) => splices.push(splice), aStarts, bStarts, steps);
  }
  return joined(splices);
}

/** The ranges that two texts have in common, derived from the splices between them. */
export function equalRanges(splices: readonly Splice[], oldLength: number, newLength: number): Splice[] {
  const ranges: Splice[] = [];
  let x = 0;
  let y = 0;
  for (const s of [...splices, { oldStart: oldLength, oldEnd: oldLength, newStart: newLength, newEnd: newLength }]) {
    if (s.oldStart > x) ranges.push({ oldStart: x, oldEnd: s.oldStart, newStart: y, newEnd: s.newStart });
    x = s.oldEnd;
    y = s.newEnd;
  }
  return ranges;
}

type Emit = (splice: Splice) => void;

function* refineHunk(
  a: readonly string[],
  b: readonly string[],
  hunk: LineHunk,
  elsewhere: MovedLines,
  emit: Emit,
  aStarts: readonly number[],
  bStarts: readonly number[],
  steps: WordSteps,
): Generator<undefined, void> {
  const startOf = (starts: readonly number[], line: number): number => starts[line] ?? starts.at(-1) ?? 0;
  const whole: Splice = {
    oldStart: startOf(aStarts, hunk.oldStart),
    oldEnd: startOf(aStarts, hunk.oldEnd),
    newStart: startOf(bStarts, hunk.newStart),
    newEnd: startOf(bStarts, hunk.newEnd),
  };
  if (hunk.oldStart === hunk.oldEnd || hunk.newStart === hunk.newEnd) {
    emit(whole);
    return;
  }
  const oldText = a.slice(hunk.oldStart, hunk.oldEnd).join('');
  const newText = b.slice(hunk.newStart, hunk.newEnd).join('');
  const oldLines = a.slice(hunk.oldStart, hunk.oldEnd);
  const newLines = b.slice(hunk.newStart, hunk.newEnd);
  const hasLong = oldLines.some(isLong) || newLines.some(isLong);
  const { head, tail } = hasLong ? commonEnds(oldText, newText) : { head: 0, tail: 0 };
  const [oldMiddle, newMiddle] = [
    oldText.slice(head, oldText.length - tail),
    newText.slice(head, newText.length - tail),
  ];
  if (withoutFormatting(oldMiddle) === withoutFormatting(newMiddle)) {
    for (const s of alignSame(oldMiddle, newMiddle)) emit(shift(s, whole.oldStart + head, whole.newStart + head));
    return;
  }
  const pairs = yield* pairLines(oldLines, newLines, hunk, elsewhere);
  yield;
  const isWhole = pairs.length === Math.max(oldLines.length, newLines.length);
  const isTooMuch = hasLong && oldText.length + newText.length > LONG_ACROSS_AT_MOST;
  const across =
    isWhole || isTooMuch
      ? undefined
      : wordsAcross(
          oldText,
          newText,
          pairs.reduce((sum, pair) => sum + pair.common, 0),
          steps.words,
        );
  if (across && !hasFromElsewhere(oldLines, newLines, pairs, hunk, elsewhere)) {
    for (const s of across) emit(shift(s, whole.oldStart, whole.newStart));
    return;
  }
  let x = hunk.oldStart;
  let y = hunk.newStart;
  const isWrapped = (lines: readonly string[]): boolean => !hasFromElsewhere(oldLines, lines, [], hunk, elsewhere);
  for (const pair of withParted(oldLines, newLines, withWrapped(oldLines, newLines, pairs), isWrapped)) {
    yield;
    const [oldFrom, newFrom] = [hunk.oldStart + pair.a, hunk.newStart + pair.b];
    const [oldTo, newTo] = [oldFrom + (pair.oldLines ?? 1), newFrom + (pair.newLines ?? 1)];
    const between = {
      oldStart: startOf(aStarts, x),
      oldEnd: startOf(aStarts, oldFrom),
      newStart: startOf(bStarts, y),
      newEnd: startOf(bStarts, newFrom),
    };
    if (pair.wraps === true) {
      for (const s of alignSame(a.slice(x, oldFrom).join(''), b.slice(y, newFrom).join('')))
        emit(shift(s, between.oldStart, between.newStart));
    } else emit(between);
    if (oldTo <= hunk.oldEnd && newTo <= hunk.newEnd) {
      const [from, to] = [a.slice(oldFrom, oldTo).join(''), b.slice(newFrom, newTo).join('')];
      const isParted = pair.oldLines !== undefined || pair.newLines !== undefined;
      for (const s of isParted ? alignSame(from, to) : refineLine(from, to, steps))
        emit(shift(s, startOf(aStarts, oldFrom), startOf(bStarts, newFrom)));
    }
    x = oldTo;
    y = newTo;
  }
}

/** True when an unpaired line was moved from another place or is a repeated copy: its words were not re-wrapped. */
function hasFromElsewhere(
  former: readonly string[],
  lines: readonly string[],
  pairs: readonly Pair[],
  { oldStart, oldEnd }: LineHunk,
  elsewhere: MovedLines,
): boolean {
  const paired = new Set(pairs.map(({ b }) => b));
  const keys = new Set(former.map((line) => line.trim()));
  return lines.some(
    (line, i) =>
      !paired.has(i) &&
      ((keys.has(line.trim()) && isDistinctive(line)) ||
        elsewhere.isMoved(line) ||
        elsewhere.isKnown(line, oldStart, oldEnd)),
  );
}

/** This share of the larger text must stay when words are compared across lines. */
const ACROSS_AT_LEAST = 0.5;
const ACROSS_MORE_BY = 0.1;
const TOKENS_ACROSS_AT_MOST = 200_000;
/** Maximum characters on both sides of a hunk with long lines. */
const LONG_ACROSS_AT_MOST = 100_000;

/**
 * Lines that were both re-wrapped and changed: their words in order, when much more of them stays than line by line.
 */
function wordsAcross(before: string, after: string, paired: number, steps: Steps): Splice[] | undefined {
  const a = tokens(before);
  const b = tokens(after);
  if (a.length + b.length > TOKENS_ACROSS_AT_MOST) return undefined;
  const total = (list: readonly string[]): number =>
    list.reduce((sum, token) => (/\s/.test(token) ? sum : sum + weightOf(token)), 0);
  const larger = Math.max(total(a), total(b));
  const wanted = Math.max(larger * ACROSS_AT_LEAST, paired + larger * ACROSS_MORE_BY);
  const counts = new Map<string, number>();
  for (const token of b) counts.set(token, (counts.get(token) ?? 0) + 1);
  let possible = 0;
  for (const token of a) {
    const there = counts.get(token) ?? 0;
    if (there > 0 && !/\s/.test(token)) {
      counts.set(token, there - 1);
      possible += weightOf(token);
    }
  }
  if (possible < wanted) return undefined;
  const matches = matchTokens(a, b, steps);
  const common = matches.reduce((sum, [i, , length]) => sum + total(a.slice(i, i + length)), 0);
  return common < wanted ? undefined : splicesOf(matches, before, after, a, b);
}

const shift = (s: Splice, old: number, now: number): Splice => ({
  oldStart: s.oldStart + old,
  oldEnd: s.oldEnd + old,
  newStart: s.newStart + now,
  newEnd: s.newEnd + now,
});

/**
 * Two texts that are equal apart from formatting: every other character stays, and what lies between is compared
 * separately.
 */
function alignSame(before: string, after: string): Splice[] {
  const splices: Splice[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = i;
    const y = j;
    while (i < before.length && NEUTRAL.test(before.charAt(i))) i++;
    while (j < after.length && NEUTRAL.test(after.charAt(j))) j++;
    const between = trimEnds({ oldStart: x, oldEnd: i, newStart: y, newEnd: j }, before, after);
    if (between.oldEnd > between.oldStart || between.newEnd > between.newStart) splices.push(between);
    if (i >= before.length || j >= after.length) return splices;
    i++;
    j++;
  }
}
