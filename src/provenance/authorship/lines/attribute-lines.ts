/**
 * From characters to lines: who wrote each line that git reports as added, and who removed each line that git reports
 * as removed. The rules are those of docs/dev/attribution.md; the comments give their numbers.
 *
 * git decides which lines changed (its hunks are given); the characters decide who changed them.
 */
import type { LineHunk } from '../../../git/types';
import type { AuthoredText } from '../text/authored-text';
import { isUnrecorded, type Provenance } from '../text/provenance-of-change';
import { lineStarts, splitLines } from '../text/split-lines';
import type { LineRange } from '../types';
import { judge, type LineAuthor, single, UNKNOWN_LINE } from './line-author';
import { joinRanges } from './line-ranges-by-author';
import { readMarks } from './changes-within-each-line';
import { movedInstead, movedPastBlanks, twinsOfAdded, twinsOfRemoved } from './unmarked-twins-and-moved-lines';

export interface Attribution {
  readonly added: readonly { readonly line: number; readonly by: LineAuthor }[];
  readonly removed: readonly { readonly line: number; readonly by: LineAuthor }[];
}

/**
 * Authors of the changed lines. `hunks` are git's: 0-based, ends excluded, base lines and lines of `text.text`.
 * Lines in the result are 1-based.
 */
export function attributeLines(text: AuthoredText, hunks: readonly LineHunk[]): Attribution {
  const hand = soleHand(text);
  if (hand && hunks.every(({ oldStart, oldEnd }) => oldStart === oldEnd)) {
    const by = single(hand);
    const lines = hunks.flatMap(({ newStart, newEnd }) =>
      Array.from({ length: newEnd - newStart }, (_, at) => ({ line: newStart + at + 1, by })),
    );
    return { added: lines, removed: [] };
  }
  const newLines = splitLines(text.text);
  const oldLines = splitLines(text.base);
  const { marks, touches } = readMarks(text, newLines, oldLines);
  const added = new Map<number, LineAuthor | undefined>();
  const removed = new Map<number, LineAuthor | undefined>();
  for (const hunk of hunks) {
    for (let line = hunk.newStart; line < hunk.newEnd; line++)
      added.set(line, judge(marks.get(line) ?? [], newLines[line] ?? ''));
    for (let line = hunk.oldStart; line < hunk.oldEnd; line++) removed.set(line, undefined);
  }
  partedFromOthers(added, newLines, text);
  const twins = twinsOfAdded(added, newLines, marks);
  const removedTexts: ReadonlySet<string> = new Set([...removed.keys()].map((line) => oldLines[line] ?? ''));
  movedInstead(added, newLines, marks, removedTexts);
  movedPastBlanks(added, newLines, marks, removedTexts, oldLines, text.broken);

  const counterpart = new Map<number, { line: number; weight: number }>();
  for (const line of added.keys()) {
    for (const touch of touches.get(line) ?? []) {
      const known = counterpart.get(touch.line);
      if (!known || known.weight < touch.weight) counterpart.set(touch.line, { line, weight: touch.weight });
    }
  }
  for (const line of removed.keys()) {
    const partner = counterpart.get(line);
    // A counterpart that only has its twin's author says nothing about who removed this line.
    const byPartner = partner && !twins.has(partner.line) && added.get(partner.line);
    // Rule 3: a line with a counterpart has its author; without one, the first edit after which it no longer existed.
    if (byPartner) removed.set(line, byPartner);
    else if (text.broken.has(line)) removed.set(line, single(text.broken.get(line) ?? null));
  }
  twinsOfRemoved(removed, oldLines, text.broken);
  const stayed = [...counterpart].flatMap(([from, { line }]) =>
    removed.has(from) && !removed.get(from) && !added.get(line) ? [{ from, line }] : [],
  );
  for (const hunk of hunks) fillFromNeighbours(hunk, added, removed);
  for (const { from, line } of stayed) {
    const [away, here] = [removed.get(from), added.get(line)];
    // git reports the line as moved. The authors on the two sides differ, and nothing shows which of them moved it.
    if (!away || !here || away.author === here.author || [away, here].some(({ author }) => author === 'unknown'))
      continue;
    removed.set(from, UNKNOWN_LINE);
    added.set(line, UNKNOWN_LINE);
  }
  const list = (map: ReadonlyMap<number, LineAuthor | undefined>): { line: number; by: LineAuthor }[] =>
    [...map].sort((a, b) => a[0] - b[0]).map(([line, by]) => ({ line: line + 1, by: by ?? UNKNOWN_LINE }));
  return { added: list(added), removed: list(removed) };
}

/** Who wrote all of a new text; undefined where several did, or nobody is known. */
function soleHand({ base, pieces, broken }: AuthoredText): Provenance | undefined {
  const hand = pieces[0]?.by;
  return base === '' && broken.size === 0 && !isUnrecorded(hand ?? null) && pieces.every(({ by }) => by === hand)
    ? hand
    : undefined;
}

/**
 * Rule 2 for the rest of an older line that was split by a line break: nothing is new in it except that it is now a
 * line of its own.
 */
function partedFromOthers(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  { base, pieces }: AuthoredText,
): void {
  const open = new Set(
    [...added].filter(([line, by]) => by === undefined && /\S/.test(lines[line] ?? '')).map(([line]) => line),
  );
  if (open.size === 0) return;
  const lineOfStart = new Map(lineStarts(lines).map((start, line) => [start, line]));
  let at = 0;
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1];
    const line = lineOfStart.get(at);
    const wasWithinLine = piece.base > 0 && base[piece.base - 1] !== '\n';
    if (line !== undefined && open.has(line) && wasWithinLine && before && before.base < 0)
      added.set(line, judge([{ hand: before.by, text: '\n' }], lines[line] ?? ''));
    at += piece.length;
  });
}

/**
 * Rule 5, last resort: the nearest changed line of the hunk. Unknown where two lines by different authors are equally
 * near.
 */
function fillFromNeighbours(
  hunk: LineHunk,
  added: Map<number, LineAuthor | undefined>,
  removed: Map<number, LineAuthor | undefined>,
): void {
  const nearest = (
    map: ReadonlyMap<number, LineAuthor | undefined>,
    from: number,
    to: number,
    at: number,
  ): LineAuthor | undefined => {
    for (let d = 0; d < to - from; d++) {
      const [above, below] = [at - d, at + d].map((line) => (line >= from && line < to ? map.get(line) : undefined));
      if (above && below && above.author !== below.author) return UNKNOWN_LINE;
      if (above ?? below) return above ?? below;
    }
    return undefined;
  };
  const newOpen: [number, LineAuthor][] = [];
  const oldOpen: [number, LineAuthor][] = [];
  for (let line = hunk.newStart; line < hunk.newEnd; line++) {
    if (added.get(line)) continue;
    const by =
      nearest(added, hunk.newStart, hunk.newEnd, line) ??
      nearest(removed, hunk.oldStart, hunk.oldEnd, hunk.oldStart + (line - hunk.newStart));
    if (by) newOpen.push([line, by]);
  }
  for (let line = hunk.oldStart; line < hunk.oldEnd; line++) {
    if (removed.get(line)) continue;
    const by =
      nearest(removed, hunk.oldStart, hunk.oldEnd, line) ??
      nearest(added, hunk.newStart, hunk.newEnd, hunk.newStart + (line - hunk.oldStart));
    if (by) oldOpen.push([line, by]);
  }
  for (const [line, by] of newOpen) added.set(line, by);
  for (const [line, by] of oldOpen) removed.set(line, by);
}

/** Groups lines into maximal runs by the same author. */
export const toRanges = (lines: readonly { readonly line: number; readonly by: LineAuthor }[]): LineRange[] =>
  joinRanges(lines.map(({ line, by }) => rangeOf(line, by)));

function rangeOf(line: number, by: LineAuthor): LineRange {
  const known = by.author === 'unknown' ? null : by.hand;
  return {
    start: line,
    end: line,
    author: by.author,
    edited: by.edited,
    assistant: by.author === 'ai' ? (known?.assistant ?? 'unknown-assistant') : null,
    model: by.author === 'ai' ? (known?.model ?? null) : null,
    session: by.author === 'ai' ? (known?.session ?? null) : null,
    evidence: known?.evidence ?? null,
  };
}
