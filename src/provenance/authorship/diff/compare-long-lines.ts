/**
 * Lines too long to be compared word by word as a whole: minified code, generated JSON, prose without breaks. Their
 * common prefix and suffix are cut off first, then their parts are compared like the lines of a text. Pure.
 */
import type { LineHunk } from '../../../git/types';
import type { Splice } from './trim-splices';
import { hunksOf, matchLines } from './line-diff';
import { lineStarts } from '../text/split-lines';
import { LONG_FROM, LONG_WORDS_AT_MOST, Steps } from './step-budget';
import { words } from './tokens-and-letter-counts';

export const isLong = (line: string): boolean => line.length >= LONG_FROM;

const PART_AT_MOST = 200;

/** Punctuation and white space that end most statements and values. */
const ENDS = new Set(Array.from(';{}, \t\r\n', (mark) => mark.charCodeAt(0)));

/**
 * On average, one in this many such marks ends a part. The preceding characters decide which ones, so that the parts
 * after a change are the same as before.
 */
const ENDS_PER_PART = 8;

/** The parts of a long line, in order: pieces about as long as ordinary lines. */
export function partsOfLong(line: string): string[] {
  const parts: string[] = [];
  let [start, last] = [0, 0];
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    last = ((last << 4) ^ code) & 0xffff;
    const isEnd = ENDS.has(code) && (Math.imul(last, 0x9e3779b1) >>> 20) % ENDS_PER_PART === 0;
    if (!isEnd && at + 1 - start < PART_AT_MOST && at + 1 < line.length) continue;
    parts.push(line.slice(start, at + 1));
    start = at + 1;
  }
  Steps.split(parts.length);
  return parts;
}

/** What a line is looked up by: its words, or the parts of a long one. */
export const marksOf = (line: string): ReadonlySet<string> => new Set(isLong(line) ? partsOfLong(line) : words(line));

/** How far a cut moves back to fall between two words. */
const WORD_AT_MOST = 200;
const IN_WORD = /[^\s!-/:-@[-^`{-~]/;

/** The lengths of the prefix and suffix that two texts share, in whole words of both. */
export function commonEnds(before: string, after: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  const isCutAt = (text: string, at: number): boolean =>
    at > 0 && at < text.length && IN_WORD.test(text.charAt(at - 1)) && IN_WORD.test(text.charAt(at));
  for (let moved = 0; moved < WORD_AT_MOST && head > 0 && (isCutAt(before, head) || isCutAt(after, head)); moved++)
    head--;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const isCutBefore = (length: number): boolean =>
    isCutAt(before, before.length - length) || isCutAt(after, after.length - length);
  for (let moved = 0; moved < WORD_AT_MOST && tail > 0 && isCutBefore(tail); moved++) tail--;
  return { head, tail };
}

/**
 * What changed between two long lines. `refine` compares the words of what is left in between, where that is short
 * enough.
 */
export function compareLong(
  before: string,
  after: string,
  steps: Steps,
  refine: (before: string, after: string, steps: Steps) => Splice[],
): Splice[] {
  const { head, tail } = commonEnds(before, after);
  const a = partsOfLong(before.slice(head, before.length - tail));
  const b = partsOfLong(after.slice(head, after.length - tail));
  const aStarts = lineStarts(a);
  const bStarts = lineStarts(b);
  return hunksOf(matchLines(a, b, steps), a.length, b.length).flatMap((hunk) => {
    const splice = spliceOf(hunk, aStarts, bStarts, head);
    const [removed, put] = [before.slice(splice.oldStart, splice.oldEnd), after.slice(splice.newStart, splice.newEnd)];
    if (removed === '' || put === '' || removed.length + put.length > LONG_WORDS_AT_MOST) return [splice];
    return refine(removed, put, steps).map((s): Splice => ({
      oldStart: s.oldStart + splice.oldStart,
      oldEnd: s.oldEnd + splice.oldStart,
      newStart: s.newStart + splice.newStart,
      newEnd: s.newEnd + splice.newStart,
    }));
  });
}

const spliceOf = (hunk: LineHunk, aStarts: readonly number[], bStarts: readonly number[], by: number): Splice => ({
  oldStart: by + (aStarts[hunk.oldStart] ?? 0),
  oldEnd: by + (aStarts[hunk.oldEnd] ?? 0),
  newStart: by + (bStarts[hunk.newStart] ?? 0),
  newEnd: by + (bStarts[hunk.newEnd] ?? 0),
});
