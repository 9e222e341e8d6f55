/** The lines of a text, and where their words start. Pure. */
import { type Insertion, type Span } from './snapshot-and-patch';

/** A text and the places of its characters: a version, or a part of one. */
export interface SpannedText {
  readonly text: string;
  readonly spans: readonly Pick<Span, 'id' | 'textOffset' | 'length' | 'deletedBy'>[];
}

/** A whole line of a text. */
export interface Line {
  readonly version: SpannedText;
  readonly start: number;
  /** Offset after its line break. */
  readonly end: number;
  /** Without the white space around it. */
  readonly key: string;
  /** Where the key starts. */
  readonly from: number;
}

/** The start of the line that contains an offset. */
export const lineStart = (text: string, at: number): number => (at > 0 ? text.lastIndexOf('\n', at - 1) + 1 : 0);

export function lineFrom(version: SpannedText, start: number): Line {
  const text = version.text;
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found + 1;
  const line = text.slice(start, end);
  const key = line.trim();
  return { version, start, end, key, from: key === '' ? end : start + (line.length - line.trimStart().length) };
}

/** The lines whose words lie entirely within a range; for an empty line, its break. */
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
 * Start of the first line whose words may lie entirely within a range; `to` where none does. A long line may hold
 * thousands of ranges, so it is not scanned for each.
 */
function firstWhole(text: string, from: number, to: number): number {
  let at = from;
  while (at > 0 && text[at - 1] !== '\n' && /\s/.test(text[at - 1] ?? '')) at--;
  if (at === 0 || text[at - 1] === '\n') return at;
  for (at = from; at < to; at++) if (text[at] === '\n') return at + 1;
  return to;
}

/** The parts of an insertion that share a line with other text. */
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
