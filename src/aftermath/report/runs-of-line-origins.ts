import type { LineHunk } from '../../provenance/authorship';

/**
 * The lines of a file by their origin, as runs: a number of lines, then the cohort that they belong to, and so on.
 * Cohort 0 is "from before, or without an author": a file that has not been seen yet is one endless run of it.
 */
export type Runs = readonly number[];

/** More lines than any file has. */
export const ENDLESS = 2 ** 40;

/** Lines that existed before the history that was read, however many. */
export const OLD: Runs = [ENDLESS, 0];

function push(into: number[], count: number, cohort: number): void {
  if (count <= 0) return;
  if (into.length > 0 && into[into.length - 1] === cohort) into[into.length - 2] = (into[into.length - 2] ?? 0) + count;
  else into.push(count, cohort);
}

/** The lines after a change. `added`: the origin of a place's new lines; `onRemoved`: called with each removed run. */
export function applied(
  runs: Runs,
  hunks: readonly LineHunk[],
  added: (from: number, to: number) => Runs,
  onRemoved: (count: number, cohort: number) => void = () => undefined,
): Runs {
  const result: number[] = [];
  let index = 0;
  let rest = runs[0] ?? 0;
  const take = (count: number, each: (count: number, cohort: number) => void): void => {
    let wanted = count;
    while (wanted > 0 && index < runs.length) {
      const part = Math.min(wanted, rest);
      each(part, runs[index + 1] ?? 0);
      wanted -= part;
      rest -= part;
      if (rest > 0) continue;
      index += 2;
      rest = runs[index] ?? 0;
    }
  };
  let at = 0;
  for (const { oldStart, oldEnd, newStart, newEnd } of hunks) {
    take(oldStart - at, (count, cohort) => push(result, count, cohort));
    take(oldEnd - oldStart, onRemoved);
    at = oldEnd;
    if (newEnd > newStart) eachRun(added(newStart, newEnd), (count, cohort) => push(result, count, cohort));
  }
  take(Infinity, (count, cohort) => push(result, count, cohort));
  return result;
}

/** The runs of a range of lines (0-based, end excluded). */
export function cutOut(runs: Runs, from: number, to: number): Runs {
  const result: number[] = [];
  let at = 0;
  for (let index = 0; index < runs.length && at < to; index += 2) {
    const end = at + (runs[index] ?? 0);
    push(result, Math.min(end, to) - Math.max(at, from), runs[index + 1] ?? 0);
    at = end;
  }
  return result;
}

export function eachRun(runs: Runs, each: (count: number, cohort: number) => void): void {
  for (let index = 0; index < runs.length; index += 2) each(runs[index] ?? 0, runs[index + 1] ?? 0);
}

/** Where a line of the new side was on the old one; undefined for an added line. */
export function before(hunks: readonly LineHunk[], line: number): number | undefined {
  let shift = 0;
  for (const { oldStart, oldEnd, newStart, newEnd } of hunks) {
    if (line < newStart) break;
    if (line < newEnd) return undefined;
    shift += oldEnd - oldStart - (newEnd - newStart);
  }
  return line + shift;
}
