/**
 * The changed lines of a file as the editor shows them: added lines by their current numbers, removed ones by their old
 * numbers. Line numbers are 1-based, ranges include both ends. Pure.
 */
import {
  diffLines,
  attributeLines,
  isUnrecorded,
  sameAuthors,
  splitLines,
  type AuthoredText,
  type LineAuthor,
} from '../../provenance/authorship';
import type { Author, FileAttribution, LineRange } from '../../provenance/authorship/types';
import { atOnce, type TimeSliced } from '../time-slices';
import { slide } from './slide-ambiguous-hunks';

/** A run of lines by one author. What is unknown is null. */
export interface Seen extends LineRange {
  /** Why the author is unknown, if a record says so. */
  readonly reason: string | null;
  /** When, in milliseconds since the epoch. */
  readonly time: number | null;
}

/** Lines that changed together. */
export interface Hunk {
  /** The hunk's first line now; for a hunk that only removes, the line that follows. */
  readonly line: number;
  /** The same in the old file, where no two hunks begin at the same line. It is stable while other hunks change. */
  readonly was: number;
  readonly added: readonly Seen[];
  /** Numbered in the old file. */
  readonly removed: readonly Seen[];
}

/** The changed lines of one file. */
export interface Lines {
  readonly added: readonly Seen[];
  readonly removed: readonly Seen[];
}

export const linesIn = (seen: readonly LineRange[], author?: Author): number =>
  seen.reduce((sum, one) => (author === undefined || one.author === author ? sum + one.end - one.start + 1 : sum), 0);

/** The number that a line has in HEAD; undefined for one that is not there. */
export function lineInHead(hunks: readonly Hunk[], line: number): number | undefined {
  let shift = 0;
  for (const hunk of hunks) {
    const end = hunk.added.at(-1)?.end ?? hunk.line - 1;
    if (hunk.line > line) break;
    if (line <= end) return undefined;
    shift += linesIn(hunk.removed) - linesIn(hunk.added);
  }
  return line + shift;
}

/** The number that a line of HEAD has now; undefined for one that is gone. */
export function lineNow(hunks: readonly Hunk[], line: number): number | undefined {
  let shift = 0;
  for (const { was: oldStart, added, removed } of hunks) {
    const [first, last] = [removed[0]?.start, removed.at(-1)?.end];
    if (first !== undefined && last !== undefined && first <= line && line <= last) return undefined;
    if ((last ?? oldStart - 1) < line) shift += linesIn(added) - linesIn(removed);
  }
  return line + shift;
}

/** Extracts them from a text with authors. */
export function linesOf(text: AuthoredText): Lines {
  const before = splitLines(text.base);
  const lines = splitLines(text.text);
  const { added, removed } = attributeLines(text, slide(diffLines(before, lines), before, lines));
  return { added: runsOf(added), removed: runsOf(removed) };
}

/** Numbered as in git, for a file that is not open. */
export function linesOfFile(file: FileAttribution): Lines {
  const seen = (range: LineRange): Seen => ({ ...range, reason: null, time: null });
  return { added: file.ranges.map(seen), removed: file.removed.map(seen) };
}

/** Groups added and removed lines that belong together into hunks. */
export const hunksOf = (lines: Lines): Hunk[] => atOnce(hunksIn(lines));

/** How many runs of lines are processed before the work yields. */
export const RUNS_IN_A_SLICE = 500;

/** The same in slices. */
export function* hunksIn({ added, removed }: Lines): TimeSliced<Hunk[]> {
  const hunks: Hunk[] = [];
  let open: { line: number; was: number; added: Seen[]; removed: Seen[] } | undefined;
  let a = 0;
  let r = 0;
  // The next line to look at, in the old and in the new file.
  let before = 1;
  let newLine = 1;
  for (;;) {
    const nextAdded = added[a];
    const nextRemoved = removed[r];
    if (!nextAdded && !nextRemoved) return hunks;
    const same = Math.min(
      nextAdded ? nextAdded.start - newLine : Infinity,
      nextRemoved ? nextRemoved.start - before : Infinity,
    );
    if (same > 0 || !open) {
      before += same;
      newLine += same;
      open = { line: newLine, was: before, added: [], removed: [] };
      hunks.push(open);
      if (hunks.length % RUNS_IN_A_SLICE === 0) yield;
    }
    if (nextRemoved && nextRemoved.start <= before) {
      open.removed.push(nextRemoved);
      before = nextRemoved.end + 1;
      r++;
    } else if (nextAdded && nextAdded.start <= newLine) {
      open.added.push(nextAdded);
      newLine = nextAdded.end + 1;
      a++;
    } else return hunks; // impossible numbers: return what was understood so far
  }
}

function runsOf(lines: readonly { readonly line: number; readonly by: LineAuthor }[]): Seen[] {
  const runs: Seen[] = [];
  for (const { line, by } of lines) {
    const next = seenLine(line, by);
    const last = runs.at(-1);
    if (last?.end === line - 1 && sameHand(last, next))
      runs[runs.length - 1] = { ...last, end: line, time: later(last.time, next.time) };
    else runs.push(next);
  }
  return runs;
}

function seenLine(line: number, { author, edited, hand: provenance }: LineAuthor): Seen {
  const ai = author === 'ai';
  return {
    start: line,
    end: line,
    author,
    edited,
    assistant: ai ? (provenance?.assistant ?? 'unknown-assistant') : null,
    model: (ai ? provenance?.model : undefined) ?? null,
    session: (ai ? provenance?.session : undefined) ?? null,
    evidence: (author === 'unknown' ? undefined : provenance?.evidence) ?? null,
    reason: (author === 'unknown' && !isUnrecorded(provenance) ? provenance?.reason : undefined) ?? null, // unrecorded lines have none
    time: (author === 'unknown' ? undefined : provenance?.time) ?? null,
  };
}

const later = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

const sameHand = (a: Seen, b: Seen): boolean => sameAuthors(a, b) && a.reason === b.reason;
