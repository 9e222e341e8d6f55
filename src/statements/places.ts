/** Where in a file warnings about AI's changes are: what a person can acknowledge. Pure. */
import type { FileAttribution, LineRange } from '../attribution/types';

/** Lines of the file as it is, from 1. */
export interface WarningPlace {
  readonly start: number;
  readonly end: number;
  /** AI only removed lines here; the place is the line that follows. */
  readonly removal: boolean;
}

/** One place for each run of AI's lines, and one where AI only removed lines, in a file of `lineTotal` lines. */
export function warningPlaces({ ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>, lineTotal: number): WarningPlace[] {
  return hunksOf(ranges, removed).flatMap((hunk): WarningPlace[] => {
    const runs = joined(hunk.added.filter(isAi));
    if (runs.length > 0) return runs.map(({ start, end }) => ({ start, end, removal: false }));
    if (!hunk.removed.some(isAi)) return [];
    const line = Math.max(1, Math.min(hunk.line, lineTotal));
    return [{ start: line, end: line, removal: true }];
  });
}

/** The text that a warning is about: what it is known by. Another text is another warning. */
export const textOfPlace = (lines: readonly string[], { start, end }: Pick<WarningPlace, 'start' | 'end'>): string => lines.slice(start - 1, end).join('\n');

const isAi = (range: LineRange): boolean => range.author === 'ai';

function joined(ranges: readonly LineRange[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of ranges) {
    const last = runs.at(-1);
    if (last?.end === start - 1) last.end = end;
    else runs.push({ start, end });
  }
  return runs;
}

interface Hunk {
  /** The first line of the hunk now; of one that only removes, the line that follows. */
  readonly line: number;
  readonly added: LineRange[];
  readonly removed: LineRange[];
}

/** Changed lines that belong together: between two hunks both sides have equally many lines that stayed. */
function hunksOf(added: readonly LineRange[], removed: readonly LineRange[]): Hunk[] {
  const hunks: Hunk[] = [];
  const left = { added: [...added], removed: [...removed] };
  let [before, now] = [1, 1];
  let open: Hunk | undefined;
  for (;;) {
    const next = { added: left.added[0], removed: left.removed[0] };
    if (!next.added && !next.removed) return hunks;
    const stayed = Math.min(next.added ? next.added.start - now : Infinity, next.removed ? next.removed.start - before : Infinity);
    if (stayed > 0 || !open) {
      before += stayed;
      now += stayed;
      open = { line: now, added: [], removed: [] };
      hunks.push(open);
    }
    if (next.removed?.start === before) {
      open.removed.push(next.removed);
      before = next.removed.end + 1;
      left.removed.shift();
    } else if (next.added?.start === now) {
      open.added.push(next.added);
      now = next.added.end + 1;
      left.added.shift();
    } else return hunks; // numbers that can't be: what was understood so far
  }
}
