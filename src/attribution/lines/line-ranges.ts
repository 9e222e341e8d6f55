/** Lines as runs, by who wrote them. Lines count from 1, both ends of a range are in it. Pure. */
import type { LineAuthorship, LineRange } from '../types';

/** An author that nobody knows. */
export const UNKNOWN_AUTHOR: LineAuthorship = {
  author: 'unknown',
  edited: false,
  assistant: null,
  model: null,
  session: null,
  evidence: null,
};

/** Whether the same is said of who wrote two lines, and of how that is known. */
export const sameAuthors = (a: LineAuthorship, b: LineAuthorship): boolean =>
  a === b ||
  (a.author === b.author &&
    a.edited === b.edited &&
    a.assistant === b.assistant &&
    a.model === b.model &&
    a.session === b.session &&
    a.evidence === b.evidence);

/** A range by somebody, whatever else is known of them. */
export const rangeBy = (
  start: number,
  end: number,
  { author, edited, assistant, model, session, evidence }: LineAuthorship,
): LineRange => ({ start, end, author, edited, assistant, model, session, evidence });

/** Ascending ranges with those joined that follow each other and say the same. */
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

/** Numbers of lines, in any order, as maximal runs. */
export function runsOfLines(lines: Iterable<number>): { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const line of [...lines].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && line === last.end + 1) last.end = line;
    else if (last === undefined || line > last.end) runs.push({ start: line, end: line });
  }
  return runs;
}
