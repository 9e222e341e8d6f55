/**
 * Words that one author removed from a line and another put back have not changed, whoever did it (rule 1 of docs/dev/attribution.md
 * counts what is new since the parent). Pure.
 */
import { equalRanges } from '../diff/char-diff';
import { refineLine } from '../diff/word-diff';
import { AuthoredText } from '../text/authored-text';
import { type Deletion, type Piece } from '../text/pieces-and-deletions-of-text';
import { sameProvenance, type Provenance } from '../text/provenance-of-change';
import { hasLetters } from '../diff/tokens-and-letter-counts';
import { MIN_BLOCK_WEIGHT, weight } from '../diff/distinctive-lines';

/** A part of a text, and the part of the base that was in its place. */
interface ChangedRegion {
  readonly pieces: readonly Piece[];
  readonly deletions: readonly Deletion[];
  readonly start: number;
  readonly end: number;
  readonly baseStart: number;
  readonly baseEnd: number;
}

/** The text with such words marked as carried. */
export function cancelReinsertedWords(text: AuthoredText): AuthoredText {
  const pieces: Piece[] = [];
  const deletions: Deletion[] = [];
  let isSame = true;
  for (const stretch of stretchesOf(text)) {
    const changed = withWords(text, stretch);
    pieces.push(...(changed ?? stretch).pieces);
    deletions.push(...(changed ?? stretch).deletions);
    if (changed) isSame = false;
  }
  return isSame ? text : AuthoredText.of(text.base, text.text, pieces, deletions, text.broken);
}

/**
 * The stretches between carried words and line breaks, and those carried parts themselves; punctuation and white space
 * that stayed between two changes do not separate them.
 */
function stretchesOf({ pieces, deletions, text, base }: AuthoredText): ChangedRegion[] {
  const stretches: ChangedRegion[] = [];
  let current: Piece[] = [];
  let [at, start, baseStart, g] = [0, 0, 0, 0];
  const close = (end: number, baseEnd: number): void => {
    const from = g;
    while ((deletions[g]?.start ?? Infinity) < baseEnd) g++;
    stretches.push({ pieces: current, deletions: deletions.slice(from, g), start, end, baseStart, baseEnd });
    [current, start, baseStart] = [[], end, baseEnd];
  };
  for (const piece of pieces) {
    const end = at + piece.length;
    const stayed = piece.base < 0 ? '' : text.slice(at, end);
    if (stayed.includes('\n') || hasLetters(stayed)) {
      close(at, piece.base);
      current.push(piece);
      close(end, piece.base + piece.length);
    } else current.push(piece);
    at = end;
  }
  close(text.length, base.length);
  return stretches;
}

/**
 * A stretch in which the words that equal its base's words are carried, with what is between them; undefined when none
 * are distinctive.
 */
function withWords(
  { text, base }: AuthoredText,
  stretch: ChangedRegion,
): Pick<ChangedRegion, 'pieces' | 'deletions'> | undefined {
  const { start, end, baseStart, baseEnd } = stretch;
  if (end === start || baseEnd === baseStart || isByOne(stretch)) return undefined;
  const [put, former] = [text.slice(start, end), base.slice(baseStart, baseEnd)];
  if (former.includes('\n')) return undefined;
  const ranges = partsOfLine(put, base, baseStart, baseEnd)
    .map(([from, to]) =>
      equalRanges(refineLine(former, put.slice(from, to)), former.length, to - from).map((range) => ({
        ...range,
        newStart: from + range.newStart,
        newEnd: from + range.newEnd,
      })),
    )
    .map((found) => found.filter((range) => !isAssistantsIn(stretch, range.newStart, range.newEnd)))
    .find((found) => found.some((range) => weight(put.slice(range.newStart, range.newEnd)) >= MIN_BLOCK_WEIGHT));
  if (!ranges) return undefined;
  const pieces: Piece[] = [];
  const deletions: Deletion[] = [];
  let [at, remaining] = [0, 0];
  for (const range of [
    ...ranges,
    { oldStart: former.length, oldEnd: former.length, newStart: put.length, newEnd: put.length },
  ]) {
    pieces.push(...insertedIn(stretch, at, range.newStart));
    deletions.push(...goneIn(stretch, baseStart + remaining, baseStart + range.oldStart));
    if (range.newEnd > range.newStart)
      pieces.push({ length: range.newEnd - range.newStart, base: baseStart + range.oldStart, by: null });
    [at, remaining] = [range.newEnd, range.oldEnd];
  }
  return { pieces, deletions };
}

/**
 * Whether an assistant inserted any of a range of the stretch: that is its own writing, whatever was there before (rule
 * 1).
 */
const isAssistantsIn = (stretch: ChangedRegion, start: number, end: number): boolean =>
  insertedIn(stretch, start, end).some(({ by }) => by?.author === 'ai');

/**
 * The parts of inserted text that share a line with text that stayed, or a line equal to the one that was deleted; all
 * of it where it has no line break.
 */
function partsOfLine(put: string, base: string, baseStart: number, baseEnd: number): [number, number][] {
  const first = put.indexOf('\n');
  if (first < 0) return [[0, put.length]];
  const isBehind = baseStart > 0 && base[baseStart - 1] !== '\n';
  const isBefore = baseEnd < base.length && base[baseEnd] !== '\n';
  const parts: [number, number][] = [];
  if (isBehind) parts.push([0, first]);
  if (isBefore) parts.push([put.lastIndexOf('\n') + 1, put.length]);
  if (isBehind || isBefore) return parts;
  const at = `\n${put}\n`.indexOf(`\n${base.slice(baseStart, baseEnd)}\n`);
  return at < 0 ? [] : [[at, at + baseEnd - baseStart]];
}

/**
 * What a single author did is left as recorded; and where nothing was deleted, or nothing inserted, nothing came back.
 */
function isByOne({ pieces, deletions }: ChangedRegion): boolean {
  const put = pieces.filter(({ base }) => base < 0);
  const [first] = deletions;
  return (
    first === undefined || put.length === 0 || [...put, ...deletions].every(({ by }) => sameProvenance(by, first.by))
  );
}

/**
 * What was inserted in a range of the stretch; text that had stayed there gets the author of the insertion next to it.
 */
function insertedIn({ pieces }: ChangedRegion, start: number, end: number): Piece[] {
  let at = 0;
  let by: Provenance = pieces.find((piece) => piece.base < 0)?.by ?? null;
  return pieces.flatMap((piece): Piece[] => {
    const length = Math.min(at + piece.length, end) - Math.max(at, start);
    at += piece.length;
    if (piece.base < 0) by = piece.by;
    return length > 0 ? [{ length, base: -1, by }] : [];
  });
}

/** The whole base range as deleted; text that had stayed there gets the author of the deletion next to it. */
function goneIn({ deletions }: ChangedRegion, start: number, end: number): Deletion[] {
  const parts: Deletion[] = [];
  let at = start;
  deletions.forEach((deletion, i) => {
    const stop = Math.min(end, deletions[i + 1]?.start ?? end);
    if (stop > at) parts.push({ ...deletion, start: at, end: stop });
    at = Math.max(at, stop);
  });
  return parts;
}
