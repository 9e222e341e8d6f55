/** Which words of two texts are the same. Pure. */
import { grew } from './line-similarity';
import { hunksOf, matchLines } from './line-diff';
import { lineStarts } from '../text/split-lines';
import { compareLong, isLong } from './compare-long-lines';
import { LONG_STEPS, Steps, wordSteps } from './step-budget';
import { commonSequence, type Match } from './common-sequence';
import { hasLetters, tokens } from './tokens-and-letter-counts';
import { type Splice, trimEnds } from './trim-splices';

export function joined(splices: readonly Splice[]): Splice[] {
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

/** Step budgets for the words of all ordinary lines of a comparison, and for those of its long lines. */
export interface WordSteps {
  readonly words: Steps;
  readonly long: Steps;
}

const KINDS: readonly ((token: string) => boolean)[] = [
  hasLetters,
  (token) => /\S/.test(token),
  (token) => /\s/.test(token),
];

/** Up to this many tokens, comparing them one by one is cheapest. */
const FEW_TOKENS = 2_000;

/**
 * Words first, then the marks between them, then white space: two words that swapped places with a space are not two
 * new words.
 */
export function matchTokens(
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
  if (!common) return []; // too much to compare: treat all of it as changed
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

/**
 * Splits a line's change into deleted and inserted words; a word that only grew or shrank keeps what it was, and so
 * does white space.
 */
export function refineLine(before: string, after: string, { words, long }: Partial<WordSteps> = {}): Splice[] {
  if (isLong(before) || isLong(after)) return compareLong(before, after, long ?? new Steps(LONG_STEPS), refineWords);
  return refineWords(before, after, words ?? new Steps(wordSteps(before.length + after.length)));
}

function refineWords(before: string, after: string, steps: Steps): Splice[] {
  const a = tokens(before);
  const b = tokens(after);
  const matches = matchTokens(folded(before, a), folded(after, b), steps);
  const splices = splicesOf(matches, before, after, a, b);
  const recased = casesOf(matches, a, b);
  return recased.length === 0
    ? splices
    : joined(
        [...splices, ...recased].sort((one, other) => one.oldStart - other.oldStart || one.newStart - other.newStart),
      );
}

/** The tokens of a text without case: a word in capitals is the same word. */
function folded(text: string, parts: readonly string[]): readonly string[] {
  const lower = text.toLowerCase();
  return lower === text || lower.length !== text.length ? parts : parts.map((part) => part.toLowerCase());
}

/** The letters that changed their case in words that stayed. */
function casesOf(matches: readonly Match[], a: readonly string[], b: readonly string[]): Splice[] {
  const differing = matches.flatMap(([i, j, length]) =>
    Array.from({ length }, (_, k) => [i + k, j + k] as const).filter(([x, y]) => a[x] !== b[y]),
  );
  if (differing.length === 0) return [];
  const [aStarts, bStarts] = [lineStarts(a), lineStarts(b)];
  return differing.flatMap(([x, y]) => {
    const [from, to] = [a[x] ?? '', b[y] ?? ''];
    const [oldStart, newStart] = [aStarts[x] ?? 0, bStarts[y] ?? 0];
    return joined(
      Array.from({ length: from.length }, (_, at) => at)
        .filter((at) => from[at] !== to[at])
        .map((at) => ({
          oldStart: oldStart + at,
          oldEnd: oldStart + at + 1,
          newStart: newStart + at,
          newEnd: newStart + at + 1,
        })),
    );
  });
}

export function splicesOf(
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
