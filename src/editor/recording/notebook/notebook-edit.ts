/**
 * What people and assistants did to a notebook's cells, as an edit of its file: a notebook is JSON in which each line of
 * a cell stands as a string (nbformat 4, "source": a list of lines). Offsets are UTF-16 code units. Pure.
 */
import { diffLines, lineOf, lineStarts, splitLines, type Splice } from '../../../provenance/authorship';
import type { AuthoredChange } from '../buffer/text-change';
import type { AuthorsOf } from '../clipboard/moved-authors';
import type { Provenance } from '../buffer/text-spans';

/** A cell's text before and after, and the operations that lead from one to the other, as far as they are known. */
export interface CellChange {
  readonly before: string;
  readonly after: string;
  /** Applied one after another, in text order. Undefined: nobody saw who changed the cell. */
  readonly operations: readonly AuthoredChange[] | undefined;
  /** Who wrote what the cell, which is new, had from its beginning, as `authorsOfCell` says. */
  readonly copied?: ReturnType<AuthorsOf>;
}

/** The authors who had a hand in a line; null: an unknown one. */
type AuthorsByLine = Map<string, Provenance[]>;

/**
 * The operations that lead from a notebook's old text to its new one. `splices`: how the two differ. `frame`: who changed
 * what is no cell's text: outputs, counters, and cells that were added, moved or removed.
 */
export function notebookOperations(
  before: string,
  after: string,
  splices: readonly Splice[],
  cells: readonly CellChange[],
  frame: Provenance,
): AuthoredChange[] {
  const added: AuthorsByLine = new Map();
  const removed: AuthorsByLine = new Map();
  for (const cell of cells) {
    let at = 0;
    for (const { length, by } of cell.copied ?? [])
      for (const line of encodedLines(cell.before.slice(at, (at += length))))
        note(added, line, by === undefined ? frame : by);
    addAuthors(cell, added, removed);
  }
  const oldFile = new FileLines(before);
  const newFile = new FileLines(after);
  const parts = splices.flatMap(({ oldStart, oldEnd, newStart, newEnd }) => [
    ...oldFile.parts(oldStart, oldEnd, removed).map((part) => ({ ...part, from: newStart, isNew: false })),
    ...newFile.parts(newStart, newEnd, added).map((part) => ({ ...part, isNew: true })),
  ]);
  return parts.map(({ from, text, by, isNew }, index) => {
    // A line gets or loses its comma because of the line that was put behind it.
    const behind = text.trim() === ',' ? parts.slice(index + 1).find((part) => part.by !== undefined) : undefined;
    const author = by ?? behind?.by;
    const provenance = author === undefined ? frame : leading(author);
    return isNew
      ? { offset: from, deleted: 0, inserted: text, by: provenance }
      : { offset: from, deleted: text.length, inserted: '', by: provenance };
  });
}

/** A part of the file within a line; `by`: the authors of that line of a cell, if it is one that changed. */
interface PartOfLine {
  readonly from: number;
  readonly text: string;
  readonly by: readonly Provenance[] | undefined;
}

class FileLines {
  private readonly lines: readonly string[];
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.lines = splitLines(text);
    this.starts = lineStarts(this.lines);
  }

  parts(from: number, to: number, authors: AuthorsByLine): PartOfLine[] {
    let at = from;
    return splitLines(this.text.slice(from, to)).map((text) => {
      const part = { from: at, text, by: authors.get(contentOfJsonLine(this.lines[lineOf(this.starts, at)] ?? '')) };
      at += text.length;
      return part;
    });
  }
}

/** Of the authors of a line, the one for whom it counts (rule 1 of docs/dev/attribution.md). */
const leading = (authors: readonly Provenance[]): Provenance =>
  authors.find((by) => by?.author === 'ai') ??
  (authors.some((by) => by?.author !== 'human') ? null : (authors[0] ?? null));

/** What a line of the file holds of a cell: without indentation, comma and line break. */
const contentOfJsonLine = (line: string): string => line.trim().replace(/,$/, '');

/** The lines of a cell as they stand in the file, whose strings break lines by a line feed on each system. */
const encodedLines = (text: string): string[] =>
  splitLines(text).map((line) => JSON.stringify(line.replace(/\r\n$/, '\n')));

function note(authors: AuthorsByLine, line: string | undefined, by: Provenance): void {
  if (line === undefined) return;
  const known = authors.get(line);
  if (known) known.push(by);
  else authors.set(line, [by]);
}

function addAuthors({ before, after, operations }: CellChange, added: AuthorsByLine, removed: AuthorsByLine): void {
  if (before === after) return;
  const oldLines = encodedLines(before);
  const newLines = encodedLines(after);
  if (operations === undefined) {
    for (const { oldStart, oldEnd, newStart, newEnd } of diffLines(splitLines(before), splitLines(after))) {
      for (const line of oldLines.slice(oldStart, oldEnd)) note(removed, line, null);
      for (const line of newLines.slice(newStart, newEnd)) note(added, line, null);
    }
    return;
  }
  const oldStarts = lineStarts(splitLines(before));
  const newStarts = lineStarts(splitLines(after));
  let shift = 0;
  for (const { offset, deleted, inserted, by } of operations) {
    const oldOffset = offset - shift;
    shift += inserted.length - deleted;
    for (const { from, to } of partsOf(inserted, offset)) {
      note(added, newLines[lineOf(newStarts, from)], by);
      // The line into which somebody wrote is another one now.
      if (from > offset || to < offset + inserted.length) continue;
      note(removed, oldLines[lineOf(oldStarts, oldOffset)], by);
    }
    const gone = partsOf(before.slice(oldOffset, oldOffset + deleted), oldOffset);
    for (const { from } of gone) note(removed, oldLines[lineOf(oldStarts, from)], by);
    const isOfLine = gone.some(({ from, to }) => !isWholeLine(before, from, to));
    if (isOfLine) note(added, newLines[lineOf(newStarts, Math.min(offset, Math.max(0, after.length - 1)))], by);
  }
}

/** Who wrote the lines of a cell, of whom the authors of the notebook's file are known. */
export function authorsOfCell(cell: string, file: string, authorsOf: AuthorsOf): ReturnType<AuthorsOf> {
  const encodedCell = encodedLines(cell);
  const places = placesOfCell(encodedCell, file);
  return splitLines(cell).map((line, index) => {
    const encoded = encodedCell[index] ?? '';
    const at = places?.[index] ?? file.indexOf(encoded);
    const authors = at < 0 ? [] : authorsOf(at + 1, at + encoded.length - 1).map(({ by }) => by);
    // Older than the last commit is what nobody changed since.
    const changed = authors.filter((by) => by !== undefined);
    return { length: line.length, by: at < 0 ? null : changed.length === 0 ? undefined : leading(changed) };
  });
}

/** Where the lines of a cell stand one after another, and no others with them; a line alone may stand in another cell, too. */
function placesOfCell(lines: readonly string[], file: string): readonly number[] | undefined {
  const [first = ''] = lines;
  for (let start = file.indexOf(first); start >= 0 && first !== ''; start = file.indexOf(first, start + 1)) {
    const places: number[] = [];
    let at = start;
    for (const line of lines) {
      if (!file.startsWith(line, at)) break;
      places.push(at);
      at += line.length;
      at += /^,\s*/.exec(file.slice(at, at + 200))?.[0].length ?? 0;
    }
    const isWhole =
      /\[\s*$/.test(file.slice(Math.max(0, start - 200), start)) && /^\s*\]/.test(file.slice(at, at + 200));
    if (places.length === lines.length && isWhole) return places;
  }
  return undefined;
}

/** The parts of a text by line, but those of white space alone, with their offsets. */
function partsOf(text: string, offset: number): { readonly from: number; readonly to: number }[] {
  let at = offset;
  return splitLines(text).flatMap((line) => {
    const from = at;
    at += line.length;
    return line.trim() === '' ? [] : [{ from, to: at }];
  });
}

const isWholeLine = (text: string, from: number, to: number): boolean =>
  (from === 0 || text[from - 1] === '\n') && (to === text.length || text[to - 1] === '\n');
