/** Lines as runs, grouped by who wrote them. Line numbers are 1-based, and a range includes both ends. Pure. */
import type { LineAuthorship, LineRange } from '../types';

export const UNKNOWN_AUTHOR: LineAuthorship = {
  author: 'unknown',
  edited: false,
  assistant: null,
  model: null,
  session: null,
  evidence: null,
};

/** Whether the same person or session wrote two lines, whatever happened to them afterwards. */
export const sameWriters = (a: LineAuthorship, b: LineAuthorship): boolean =>
  a.author === b.author && a.assistant === b.assistant && a.model === b.model && a.session === b.session;

/** Whether two lines have the same author and the same evidence for it. */
export const sameAuthors = (a: LineAuthorship, b: LineAuthorship): boolean =>
  a === b || (sameWriters(a, b) && a.edited === b.edited && a.evidence === b.evidence);

/** A range by an author, with everything else that is known of the authorship. */
export const rangeBy = (
  start: number,
  end: number,
  { author, edited, assistant, model, session, evidence }: LineAuthorship,
): LineRange => ({ start, end, author, edited, assistant, model, session, evidence });

/** Ascending ranges, with adjacent ones of the same authorship joined. */
export function joinRanges(ranges: Iterable<LineRange>): LineRange[] {
  const joined: LineRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.end === range.start - 1 && sameAuthors(last, range))
      joined[joined.length - 1] = { ...last, end: range.end };
    else joined.push(range);
  }
  return joined;
}

/** Line numbers, in any order, as maximal runs. */
export function runsOfLines(lines: Iterable<number>): { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const line of [...lines].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && line === last.end + 1) last.end = line;
    else if (last === undefined || line > last.end) runs.push({ start: line, end: line });
  }
  return runs;
}

export const rangesByLine = (ranges: readonly LineRange[]): ReadonlyMap<number, LineRange> =>
  new Map(
    ranges.flatMap((range) =>
      Array.from({ length: range.end - range.start + 1 }, (_, index) => [range.start + index, range] as const),
    ),
  );

/** Replaces the author of each line of some ranges; returns maximal ranges. */
export const eachLine = (
  ranges: readonly LineRange[],
  author: (by: LineRange, line: number) => LineAuthorship,
): readonly LineRange[] =>
  joinRanges(
    ranges.flatMap((range) =>
      Array.from({ length: range.end - range.start + 1 }, (_, index) =>
        rangeBy(range.start + index, range.start + index, author(range, range.start + index)),
      ),
    ),
  );
