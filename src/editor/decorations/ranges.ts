/** Where marks go next to the lines of a file. Pure. */
import { RUNS_IN_A_SLICE, type Hunk, type Seen } from '../state/line-hunks';
import type { TimeSliced } from '../time-slices';

/** `removed`: AI removed lines here without replacing them. */
export const KINDS = ['ai', 'removed', 'unknown'] as const;
export type Kind = (typeof KINDS)[number];

/** First and last line, 1-based. */
type LineSpan = readonly [start: number, end: number];

/** In slices. */
export function* marksOf(
  hunks: readonly Hunk[],
  lineCount: number,
): TimeSliced<Readonly<Record<Kind, readonly LineSpan[]>>> {
  const marks: Record<Kind, LineSpan[]> = { ai: [], removed: [], unknown: [] };
  const within = (line: number): number => Math.min(line, lineCount);
  for (const [index, { line, added, removed }] of hunks.entries()) {
    if (index % RUNS_IN_A_SLICE === 0) yield;
    for (const { author, start, end } of added)
      if (author !== 'human' && start <= lineCount) marks[author].push([start, within(end)]);
    if (removed.some(isByAi) && !added.some(isByAi)) marks.removed.push([within(line), within(line)]);
  }
  return marks;
}

const isByAi = ({ author }: Seen): boolean => author === 'ai';
