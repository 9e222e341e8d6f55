/** Where marks go next to the lines of a file. Pure. */
import { lineNow, RUNS_IN_A_SLICE, type Hunk, type Seen } from '../state/line-hunks';
import type { TimeSliced } from '../time-slices';

/** `removed`: AI removed lines here without replacing them. `committed`: AI's, from earlier commits. */
export const KINDS = ['ai', 'removed', 'unknown', 'committed'] as const;
export type Kind = (typeof KINDS)[number];

/** First and last line, 1-based. */
type LineSpan = readonly [start: number, end: number];

/** In slices. `committed`: runs of lines of HEAD. */
export function* marksOf(
  hunks: readonly Hunk[],
  lineCount: number,
  committed: readonly Pick<Seen, 'start' | 'end'>[] = [],
): TimeSliced<Readonly<Record<Kind, readonly LineSpan[]>>> {
  const marks: Record<Kind, LineSpan[]> = { ai: [], removed: [], unknown: [], committed: spansNow(hunks, committed) };
  const within = (line: number): number => Math.min(line, lineCount);
  for (const [index, { line, added, removed }] of hunks.entries()) {
    if (index % RUNS_IN_A_SLICE === 0) yield;
    for (const { author, start, end } of added)
      if (author !== 'human' && start <= lineCount) marks[author].push([start, within(end)]);
    if (removed.some(isByAi) && !added.some(isByAi)) marks.removed.push([within(line), within(line)]);
  }
  return marks;
}

/** Where runs of HEAD are now, without what is gone. */
function spansNow(hunks: readonly Hunk[], runs: readonly Pick<Seen, 'start' | 'end'>[]): LineSpan[] {
  const spans: [number, number][] = [];
  for (const { start, end } of runs)
    for (let line = start; line <= end; line++) {
      const at = lineNow(hunks, line);
      if (at === undefined) continue;
      const last = spans.at(-1);
      if (last?.[1] === at - 1) last[1] = at;
      else spans.push([at, at]);
    }
  return spans;
}

const isByAi = ({ author }: Seen): boolean => author === 'ai';
