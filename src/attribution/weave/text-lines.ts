/** The lines of a text, with where the words of each start. Pure. */
import { type Insertion, type Span } from './snapshot';

/** A text and the character store of its characters: a version, or a part of one. */
export interface SpannedText {
  readonly text: string;
  readonly spans: readonly Pick<Span, 'id' | 'textOffset' | 'length' | 'deletedBy'>[];
}

/** A whole line of a text. */
export interface Line {
  readonly version: SpannedText;
  readonly start: number;
  /** Behind its break. */
  readonly end: number;
  /** Without the white space around it. */
  readonly key: string;
  /** Where the key starts. */
  readonly from: number;
}

/** Where the line starts that a place in a text is in. */
export const lineStart = (text: string, at: number): number => (at > 0 ? text.lastIndexOf('\n', at - 1) + 1 : 0);

export function lineFrom(version: SpannedText, start: number): Line {
  const text = version.text;
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found + 1;
  const line = text.slice(start, end);
  const key = line.trim();
  return { version, start, end, key, from: key === '' ? end : start + (line.length - line.trimStart().length) };
}

/** The lines of a range whose words lie in it whole; of an empty line, its break. */
export function wholeLines(version: SpannedText, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let start = firstWhole(version.text, from, to);
  while (start < to) {
    const line = lineFrom(version, start);
    const first = line.key === '' ? line.start : line.from;
    const last = line.key === '' ? line.end : line.from + line.key.length;
    if (first >= from && last <= to && last > first) lines.push(line);
    start = line.end;
  }
  return lines;
}

/**
 * Where the first line starts whose words may lie in a range whole; `to` where none does. A long line may hold
 * thousands of ranges, so it is not looked through for each.
 */
function firstWhole(text: string, from: number, to: number): number {
  let at = from;
  while (at > 0 && text[at - 1] !== '\n' && /\s/.test(text[at - 1] ?? '')) at--;
  if (at === 0 || text[at - 1] === '\n') return at;
  for (at = from; at < to; at++) if (text[at] === '\n') return at + 1;
  return to;
}

/** The parts of a text that is put in that lie in lines with others. */
export function splitIn(text: string, { at, text: { length } }: Insertion): [number, number][] {
  const parts: [number, number][] = [];
  for (let from = at; from < at + length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found + 1;
    const to = Math.min(end, at + length);
    const startsIn = from > 0 && text[from - 1] !== '\n';
    if ((startsIn || to < end) && /\S/.test(text.slice(from, to))) parts.push([from, to]);
    from = to;
  }
  return parts;
}

export const lineAfter = (line: Line): Line | undefined =>
  line.end < line.version.text.length ? lineFrom(line.version, line.end) : undefined;
export const lineBefore = (line: Line): Line | undefined =>
  line.start > 0 ? lineFrom(line.version, lineStart(line.version.text, line.start - 1)) : undefined;
