/** Which lines of a text a declaration can cover. Pure. */
import { lineStarts, splitLines, type AuthoredText, type Provenance } from '../authorship';

/** Lines of a file, 1-based, both ends included. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether anything in the lines (null: in all) has an unknown author. What was removed at the end counts for the last
 * line.
 */
export function hasUnknown(text: AuthoredText, spans: readonly LineSpan[] | null): boolean {
  const starts = lineStarts(splitLines(text.text));
  const ranges = spans?.map(({ start, end }) => ({
    from: starts[start - 1] ?? text.text.length,
    to: end < starts.length - 1 ? (starts[end] ?? 0) : Infinity,
  })) ?? [{ from: 0, to: Infinity }];
  // Positions of the base's characters in the text, at the ends of its carried runs.
  const carried = [{ base: 0, at: 0 }];
  let at = 0;
  for (const { length, base, by } of text.pieces) {
    const [start, end] = [at, at + length];
    if (base < 0 && isUnknown(by) && ranges.some(({ from, to }) => start < to && from < end)) return true;
    at = end;
    if (base >= 0) carried.push({ base: base + length, at });
  }
  return text.deletions.some(({ start, by }) => {
    const place = carried.findLast(({ base }) => base <= start)?.at ?? 0;
    return isUnknown(by) && ranges.some(({ from, to }) => from <= place && place < to);
  });
}

/** What counts as unknown: not recorded, of unknown author, or only guessed. */
const isUnknown = (provenance: Provenance): boolean =>
  provenance === null || provenance.author === 'unknown' || provenance.evidence === 'inferred';
