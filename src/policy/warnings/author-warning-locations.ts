/** Where in a file warnings about AI's and unknown changes are: what a person can acknowledge. Pure. */
import type { FileAttribution, LineRange } from '../../provenance/authorship/types';
import type { Watch } from '..';

/** Lines of the current file, 1-based. */
export interface WarningPlace {
  readonly start: number;
  readonly end: number;
  /** Lines were only removed here; the place is the line that follows. */
  readonly removal: boolean;
  readonly author: 'ai' | 'unknown';
}

/** The places in all of a file of `lineTotal` lines. */
export const warningPlaces = (
  { ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>,
  lineTotal: number,
  watch: Watch,
): WarningPlace[] => hunksOf(ranges, removed).flatMap((hunk) => placesIn(hunk, lineTotal, watch));

/** Lines that changed together. */
export interface ChangedLines {
  /** The first line of the hunk now; for a hunk that only removes, the line that follows. */
  readonly line: number;
  readonly added: readonly LineRange[];
  readonly removed: readonly LineRange[];
}

/**
 * The places in one hunk: each run of AI's lines, or where AI only removed lines; and one for what is unknown in it.
 */
export function placesIn(hunk: ChangedLines, lineTotal: number, watch: Watch): WarningPlace[] {
  const ai = watch.ai ? placesBy(hunk, 'ai', lineTotal) : [];
  const unknown = watch.unknown ? placesBy(hunk, 'unknown', lineTotal) : [];
  const [first] = unknown;
  const last = unknown.at(-1);
  return first && last ? [...ai, { ...first, end: last.end }].sort((one, other) => one.start - other.start) : ai;
}

function placesBy(
  { line, added, removed }: ChangedLines,
  author: WarningPlace['author'],
  lineTotal: number,
): WarningPlace[] {
  const runs = joined(added.filter((range) => range.author === author));
  if (runs.length > 0) return runs.map(({ start, end }) => ({ start, end, removal: false, author }));
  if (!removed.some((range) => range.author === author)) return [];
  const at = Math.max(1, Math.min(line, lineTotal));
  return [{ start: at, end: at, removal: true, author }];
}

/** The text that a warning is about, which identifies it. A different text is a different warning. */
export const textOfPlace = (lines: readonly string[], { start, end }: Pick<WarningPlace, 'start' | 'end'>): string =>
  lines.slice(start - 1, end).join('\n');

/** Joins adjacent runs of an author, whichever assistant wrote each. */
function joined(ranges: readonly LineRange[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of ranges) {
    const last = runs.at(-1);
    if (last?.end === start - 1) last.end = end;
    else runs.push({ start, end });
  }
  return runs;
}

interface RangesOfHunk extends ChangedLines {
  /** The first line of the hunk in the old file. */
  readonly was: number;
  readonly added: LineRange[];
  readonly removed: LineRange[];
}

/** Changed lines that belong together: between two hunks both sides have the same number of unchanged lines. */
export function hunksOf(added: readonly LineRange[], removed: readonly LineRange[]): RangesOfHunk[] {
  const hunks: RangesOfHunk[] = [];
  const remaining = { added: [...added], removed: [...removed] };
  let [before, newLine] = [1, 1];
  let open: RangesOfHunk | undefined;
  for (;;) {
    const next = { added: remaining.added[0], removed: remaining.removed[0] };
    if (!next.added && !next.removed) return hunks;
    const stayed = Math.min(
      next.added ? next.added.start - newLine : Infinity,
      next.removed ? next.removed.start - before : Infinity,
    );
    if (stayed > 0 || !open) {
      before += stayed;
      newLine += stayed;
      open = { line: newLine, was: before, added: [], removed: [] };
      hunks.push(open);
    }
    if (next.removed?.start === before) {
      open.removed.push(next.removed);
      before = next.removed.end + 1;
      remaining.removed.shift();
    } else if (next.added?.start === newLine) {
      open.added.push(next.added);
      newLine = next.added.end + 1;
      remaining.added.shift();
    } else return hunks; // impossible numbers: return what was understood so far
  }
}
