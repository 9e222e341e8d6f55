/** What happened in each line of a text, and which base lines it contains parts of. Pure. */
import {
  deletionsByLine,
  textHunksOf,
  alignToLineStart,
  type DeletedPart,
  type TextHunk,
  type Run,
} from '../text/hunks-and-deletions-by-line';
import { lineOf, lineStarts } from '../text/split-lines';
import { type AuthoredText } from '../text/authored-text';
import { type Mark } from './line-author';

interface BaseTouch {
  readonly line: number;
  /**
   * How many non-white characters of the base line stayed in the new line; a line break that stayed weighs less than
   * any of them.
   */
  readonly weight: number;
}

export function readMarks(
  text: AuthoredText,
  newLines: readonly string[],
  oldLines: readonly string[],
): { marks: Map<number, Mark[]>; touches: Map<number, BaseTouch[]> } {
  const marks = new Map<number, Mark[]>();
  const touches = new Map<number, BaseTouch[]>();
  const starts = lineStarts(newLines);
  const baseStarts = lineStarts(oldLines);
  const put = (line: number, mark: Mark): void => {
    const list = marks.get(line);
    if (list) list.push(mark);
    else marks.set(line, [mark]);
  };
  const insert = (at: number, run: readonly Run[]): void => {
    let offset = at;
    for (const part of run) {
      for (let from = offset; from < offset + part.text.length;) {
        const line = lineOf(starts, from);
        const to = Math.min(offset + part.text.length, starts[line + 1] ?? Infinity);
        put(line, { hand: part.hand, text: text.text.slice(from, to) });
        from = to;
      }
      offset += part.text.length;
    }
  };
  for (const hunk of textHunksOf(text)) {
    const { run, at, goneFrom, goneTo } = alignToLineStart(text, hunk, starts, baseStarts);
    insert(at, run);
    if (goneTo > goneFrom) {
      const after = at + run.reduce((sum, part) => sum + part.text.length, 0);
      for (const part of deletionsByLine(text, goneFrom, goneTo)) {
        const line = lineOfDeletion(text, part, { goneFrom, goneTo, at, after }, starts);
        if (line === undefined) continue;
        put(line, { hand: part.hand, text: text.base.slice(part.start, part.end) });
        const baseLine = lineOf(baseStarts, part.start);
        const list = touches.get(line) ?? [];
        list.push({ line: baseLine, weight: 0.25 });
        touches.set(line, list);
      }
    }
  }
  readTouches(text, starts, baseStarts, touches);
  return { marks, touches };
}

function readTouches(
  text: AuthoredText,
  starts: readonly number[],
  baseStarts: readonly number[],
  touches: Map<number, BaseTouch[]>,
): void {
  let at = 0;
  /** Where the inserted pieces before the current one begin. */
  let insertedFrom = 0;
  for (const piece of text.pieces) {
    if (piece.base >= 0) {
      for (let from = at; from < at + piece.length;) {
        const line = lineOf(starts, from);
        const baseOffset = piece.base + (from - at);
        const baseLine = lineOf(baseStarts, baseOffset);
        const to = Math.min(
          at + piece.length,
          starts[line + 1] ?? Infinity,
          from + ((baseStarts[baseLine + 1] ?? Infinity) - baseOffset),
        );
        const stayed = text.text.slice(from, to);
        const first = from === at ? lineOf(starts, insertedFrom) : line;
        // A blank line in whose place several lines were put has none of them as its counterpart: its break says nothing.
        const isParted =
          first < line &&
          isBlankIn(text.base, baseStarts, baseLine) &&
          isBlankIn(text.text, starts, first, insertedFrom);
        const solid = stayed.replace(/\s/g, '').length;
        const weight = solid + (stayed.endsWith('\n') ? 0.5 : 0);
        if (weight > 0 && !isParted) {
          const list = touches.get(line);
          const same = list?.find((touch) => touch.line === baseLine);
          if (list && same) list[list.indexOf(same)] = { line: baseLine, weight: same.weight + weight };
          else if (list) list.push({ line: baseLine, weight });
          else touches.set(line, [{ line: baseLine, weight }]);
        }
        from = to;
      }
      insertedFrom = at + piece.length;
    }
    at += piece.length;
  }
}

/** Whether a line is blank, up to a place in it. */
const isBlankIn = (text: string, starts: readonly number[], line: number, until = starts[line + 1]): boolean =>
  !/\S/.test(text.slice(starts[line], until));

/** The deleted range of the base, and what stands in its place in the text. */
interface Deletion extends Omit<TextHunk, 'run'> {
  readonly after: number;
}

/** The new line that deleted text was inside; undefined for lines deleted whole. */
function lineOfDeletion(
  { base, text }: AuthoredText,
  { start, end, parted }: DeletedPart,
  { goneFrom, goneTo, at, after }: Deletion,
  starts: readonly number[],
): number | undefined {
  const former = base.slice(goneFrom, goneTo);
  const headEnd = former.includes('\n') ? goneFrom + former.indexOf('\n') + 1 : goneTo;
  const startsInside = goneFrom > 0 && base[goneFrom - 1] !== '\n';
  const tailStart = goneFrom + former.lastIndexOf('\n') + 1;
  const endsInside = goneTo < base.length && base[goneTo - 1] !== '\n';
  const head = startsInside && start < headEnd ? lineOf(starts, Math.max(0, at - 1)) : undefined;
  const tail = endsInside && end > tailStart && after < text.length ? lineOf(starts, after) : undefined;
  if (head !== undefined && (parted?.before !== true || head === tail)) return head;
  if (tail !== undefined && parted?.behind !== true) return tail;
  // The deleted text was a line by itself, or shared one with what others had inserted.
  return (head ?? tail) === undefined || parted?.beside === undefined ? undefined : lineOf(starts, parted.beside);
}
