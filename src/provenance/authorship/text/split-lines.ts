/** Where the lines of a text begin and end. */
import { Steps } from '../diff/step-budget';

/** The lines of a text, each with its own line break; the last one may have none. An empty text has no lines. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    lines.push(text.slice(from, at + 1));
    from = at + 1;
  }
  if (from < text.length) lines.push(text.slice(from));
  Steps.split(lines.length);
  return lines;
}

/** Offsets at which lines start, plus the text's length at the end. */
export function lineStarts(lines: readonly string[]): number[] {
  const starts = [0];
  let at = 0;
  for (const line of lines) starts.push((at += line.length));
  return starts;
}

/** The line (from 0) that an offset lies in. `starts`: as {@link lineStarts} gives them. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
