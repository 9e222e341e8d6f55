/**
 * What one edit did to a text: which characters stayed and which were taken away or put in.
 *
 * Lines first, then words inside lines that resemble each other. Staying is claimed only where it is likely, because a
 * character that "stayed" keeps its author: a lone bracket shared by two unrelated lines has not stayed.
 *
 * Offsets are UTF-16 code units, as in a JavaScript string.
 */
import { MovedLines, type IsKnown } from './moved-lines';
import { grew, weightOf } from './similarity';
import { diffLines, hunksOf, lineStarts, matchLines, splitLines, type LineHunk } from './line-diff';
import { commonEnds, compareLong, isLong } from './long-lines';
import { pairLines, type Pair } from './line-pairing';
import { commonSequence, LONG_STEPS, Steps, wordSteps, type Match } from './steps';
import { withoutFormatting, hasLetters, isDistinctive, NEUTRAL, tokens, trimEnds } from './tokens';

/** `old[oldStart, oldEnd)` was replaced by `new[newStart, newEnd)`. */
export interface Splice {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * What changed between two texts, in ascending order; nothing when they are equal. `isKnown` knows lines from
 * elsewhere; `hunks` are the runs of lines that differ, where they are known.
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

/** The same, to be interrupted wherever it yields: after what a line or a few take. */
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

/** The ranges that two texts have in common, from what differs between them. */
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

function joined(splices: readonly Splice[]): Splice[] {
  const result: Splice[] = [];
  for (const splice of splices) {
    if (splice.oldStart === splice.oldEnd && splice.newStart === splice.newEnd) continue;
    const last = result.at(-1);
    if (last?.oldEnd === splice.oldStart && last.newEnd === splice.newStart)
      result[result.length - 1] = { ...last, oldEnd: splice.oldEnd, newEnd: splice.newEnd };
    else result.push(splice);
  }
  return result;
}

type Emit = (splice: Splice) => void;

/** For the words of all ordinary lines of a comparison, and for those of its long lines. */
interface WordSteps {
  readonly words: Steps;
  readonly long: Steps;
}

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
function withWrapped(oldLines: readonly string[], newLines: readonly string[], pairs: readonly Pair[]): Counterparts[] {
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
function withParted(
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

/**
 * True when a line that pairs with none comes from another place, or is there once more: its words were not wrapped
 * otherwise.
 */
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

/** So much more must stay, of the larger text, when words are compared across lines. */
const ACROSS_AT_LEAST = 0.5;
const ACROSS_MORE_BY = 0.1;
const TOKENS_ACROSS_AT_MOST = 200_000;
/** Characters of both sides of a hunk with long lines. */
const LONG_ACROSS_AT_MOST = 100_000;

/**
 * Lines that were wrapped otherwise and changed too: their words in order, when so much more of them stays than line by
 * line.
 */
function wordsAcross(before: string, after: string, paired: number, steps: Steps): Splice[] | undefined {
  const a = tokens(before);
  const b = tokens(after);
  if (a.length + b.length > TOKENS_ACROSS_AT_MOST) return undefined;
  const total = (list: readonly string[]): number =>
    list.reduce((sum, token) => (/\s/.test(token) ? sum : sum + weightOf(token)), 0);
  const larger = Math.max(total(a), total(b));
  const wanted = Math.max(larger * ACROSS_AT_LEAST, paired + larger * ACROSS_MORE_BY);
  const left = new Map<string, number>();
  for (const token of b) left.set(token, (left.get(token) ?? 0) + 1);
  let possible = 0;
  for (const token of a) {
    const there = left.get(token) ?? 0;
    if (there > 0 && !/\s/.test(token)) {
      left.set(token, there - 1);
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

/** Two texts with the same essence: every character of it stays, what lies between is compared by itself. */
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

const KINDS: readonly ((token: string) => boolean)[] = [
  hasLetters,
  (token) => /\S/.test(token),
  (token) => /\s/.test(token),
];

/** Up to so many, comparing them one by one costs least. */
const FEW_TOKENS = 2_000;

/**
 * Words first, marks between them next, white space last: two words that changed places with a space are not two new
 * words.
 */
function matchTokens(
  a: readonly string[],
  b: readonly string[],
  steps: Steps,
  kind = 0,
  from = 0,
  to = a.length,
  start = 0,
  end = b.length,
): Match[] {
  const isOfKind = KINDS[kind];
  if (!isOfKind || from === to || start === end) return [];
  const x = indexesOf(a, from, to, isOfKind);
  const y = indexesOf(b, start, end, isOfKind);
  const anchors: [number, number][] = [];
  const found = (length: number, i: number, j: number): void => {
    for (let k = 0; k < length; k++) anchors.push([x[i + k] ?? 0, y[j + k] ?? 0]);
  };
  const common =
    x.length + y.length <= FEW_TOKENS
      ? commonSequence(x.length, y.length, (i, j) => a[x[i] ?? -1] === b[y[j] ?? -1], steps)
      : matchLines(
          x.map((i) => a[i] ?? ''),
          y.map((j) => b[j] ?? ''),
          steps,
        );
  if (!common) return []; // too much to look at: nothing has stayed here
  for (const [i, j, length] of common) found(length, i, j);
  const matches: Match[] = [];
  let [i, j] = [from, start];
  for (const [p, q] of [...anchors, [to, end] as const]) {
    for (const match of matchTokens(a, b, steps, kind + 1, i, p, j, q)) matches.push(match);
    if (p < to) matches.push([p, q, 1]);
    [i, j] = [p + 1, q + 1];
  }
  return matches;
}

function indexesOf(
  tokens: readonly string[],
  from: number,
  to: number,
  isOfKind: (token: string) => boolean,
): number[] {
  const indexes: number[] = [];
  for (let i = from; i < to; i++) if (isOfKind(tokens[i] ?? '')) indexes.push(i);
  return indexes;
}

/** Words taken away beside words put in; a word that only grew or shrank keeps what it was, and so does white space. */
export function refineLine(before: string, after: string, { words, long }: Partial<WordSteps> = {}): Splice[] {
  if (isLong(before) || isLong(after)) return compareLong(before, after, long ?? new Steps(LONG_STEPS), refineWords);
  return refineWords(before, after, words ?? new Steps(wordSteps(before.length + after.length)));
}

function refineWords(before: string, after: string, steps: Steps): Splice[] {
  const a = tokens(before);
  const b = tokens(after);
  return splicesOf(matchTokens(a, b, steps), before, after, a, b);
}

function splicesOf(
  matches: readonly Match[],
  before: string,
  after: string,
  a: readonly string[],
  b: readonly string[],
): Splice[] {
  const aStarts = lineStarts(a);
  const bStarts = lineStarts(b);
  const splices: Splice[] = [];
  for (const hunk of hunksOf(matches, a.length, b.length)) {
    const s: Splice = {
      oldStart: aStarts[hunk.oldStart] ?? 0,
      oldEnd: aStarts[hunk.oldEnd] ?? 0,
      newStart: bStarts[hunk.newStart] ?? 0,
      newEnd: bStarts[hunk.newEnd] ?? 0,
    };
    const trimmed = trimEnds(s, before, after);
    const blank = !/\S/.test(before.slice(s.oldStart, s.oldEnd)) && !/\S/.test(after.slice(s.newStart, s.newEnd));
    splices.push(blank || grew(trimmed, Math.max(s.oldEnd - s.oldStart, s.newEnd - s.newStart)) ? trimmed : s);
  }
  return joined(splices);
}
