/**
 * Words that one hand took out of a line and another put back have not changed, whoever did it (rule 1 of DESIGN 1.3 counts what
 * is new since the parent). Pure.
 */
import { equalRanges, refineLine } from '../diff/char-diff';
import { AuthoredText, sameHand, type Gone, type Hand, type Piece } from '../text/authored-text';
import { BLOCK_FROM, hasLetters, weight } from '../diff/tokens';

/** A part of a text, and the part of the base that was in its place. */
interface Stretch {
  readonly pieces: readonly Piece[];
  readonly gone: readonly Gone[];
  readonly start: number;
  readonly end: number;
  readonly baseStart: number;
  readonly baseEnd: number;
}

/** The text with such words as carried ones. */
export function withWordsBack(text: AuthoredText): AuthoredText {
  const pieces: Piece[] = [];
  const gone: Gone[] = [];
  let isSame = true;
  for (const stretch of stretchesOf(text)) {
    const changed = withWords(text, stretch);
    pieces.push(...(changed ?? stretch).pieces);
    gone.push(...(changed ?? stretch).gone);
    if (changed) isSame = false;
  }
  return isSame ? text : AuthoredText.of(text.base, text.text, pieces, gone, text.broken);
}

/** The parts between carried words and line breaks, and those; marks and white space that stayed between two changes do not part them. */
function stretchesOf({ pieces, gone, text, base }: AuthoredText): Stretch[] {
  const stretches: Stretch[] = [];
  let own: Piece[] = [];
  let [at, start, baseStart, g] = [0, 0, 0, 0];
  const close = (end: number, baseEnd: number): void => {
    const from = g;
    while ((gone[g]?.start ?? Infinity) < baseEnd) g++;
    stretches.push({ pieces: own, gone: gone.slice(from, g), start, end, baseStart, baseEnd });
    [own, start, baseStart] = [[], end, baseEnd];
  };
  for (const piece of pieces) {
    const end = at + piece.length;
    const stayed = piece.base < 0 ? '' : text.slice(at, end);
    if (stayed.includes('\n') || hasLetters(stayed)) {
      close(at, piece.base);
      own.push(piece);
      close(end, piece.base + piece.length);
    } else own.push(piece);
    at = end;
  }
  close(text.length, base.length);
  return stretches;
}

/** A stretch with the words, and what stands between them, that it has just as its base had them; undefined without any that tell. */
function withWords({ text, base }: AuthoredText, stretch: Stretch): Pick<Stretch, 'pieces' | 'gone'> | undefined {
  const { start, end, baseStart, baseEnd } = stretch;
  if (end === start || baseEnd === baseStart || isByOne(stretch)) return undefined;
  const [put, was] = [text.slice(start, end), base.slice(baseStart, baseEnd)];
  if (was.includes('\n')) return undefined;
  const ranges = partsOfLine(put, base, baseStart, baseEnd)
    .map(([from, to]) => equalRanges(refineLine(was, put.slice(from, to)), was.length, to - from).map((range) => ({ ...range, newStart: from + range.newStart, newEnd: from + range.newEnd })))
    .map((found) => found.filter((range) => !isAssistantsIn(stretch, range.newStart, range.newEnd)))
    .find((found) => found.some((range) => weight(put.slice(range.newStart, range.newEnd)) >= BLOCK_FROM));
  if (!ranges) return undefined;
  const pieces: Piece[] = [];
  const gone: Gone[] = [];
  let [at, left] = [0, 0];
  for (const range of [...ranges, { oldStart: was.length, oldEnd: was.length, newStart: put.length, newEnd: put.length }]) {
    pieces.push(...insertedIn(stretch, at, range.newStart));
    gone.push(...goneIn(stretch, baseStart + left, baseStart + range.oldStart));
    if (range.newEnd > range.newStart) pieces.push({ length: range.newEnd - range.newStart, base: baseStart + range.oldStart, by: null });
    [at, left] = [range.newEnd, range.oldEnd];
  }
  return { pieces, gone };
}

/** Whether an assistant put in some of a range of the stretch: that is its own writing, whatever stood there before (rule 1). */
const isAssistantsIn = (stretch: Stretch, start: number, end: number): boolean => insertedIn(stretch, start, end).some(({ by }) => by?.author === 'ai');

/** The parts of what was put in that are in one line with what stayed of the line beside it, or a line that is just as the one that went; all of it where it has no break. */
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

/** What one hand did is told as it did it; and where nothing was taken out, or nothing put in, nothing came back. */
function isByOne({ pieces, gone }: Stretch): boolean {
  const put = pieces.filter(({ base }) => base < 0);
  const [first] = gone;
  return first === undefined || put.length === 0 || [...put, ...gone].every(({ by }) => sameHand(by, first.by));
}

/** What was put in, in a range of the stretch; what had stayed there is by the one who put in what is beside it. */
function insertedIn({ pieces }: Stretch, start: number, end: number): Piece[] {
  let at = 0;
  let by: Hand = pieces.find((piece) => piece.base < 0)?.by ?? null;
  return pieces.flatMap((piece): Piece[] => {
    const length = Math.min(at + piece.length, end) - Math.max(at, start);
    at += piece.length;
    if (piece.base < 0) by = piece.by;
    return length > 0 ? [{ length, base: -1, by }] : [];
  });
}

/** All of a range of the base as gone; what had stayed there, by the one who took out what is beside it. */
function goneIn({ gone }: Stretch, start: number, end: number): Gone[] {
  const parts: Gone[] = [];
  let at = start;
  gone.forEach((one, i) => {
    const stop = Math.min(end, gone[i + 1]?.start ?? end);
    if (stop > at) parts.push({ ...one, start: at, end: stop });
    at = Math.max(at, stop);
  });
  return parts;
}
