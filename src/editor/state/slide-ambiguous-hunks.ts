/**
 * Where a run of added (or removed) lines begins is often ambiguous: after "}, blank, function, …, }" the run may
 * include the first or the last brace. Like git (diff.indentHeuristic) this chooses the position that reads best. Pure.
 */
import type { LineHunk } from '../../provenance/authorship';

/** Slides runs that only add or only remove. `before`, `now`: the lines of the two texts. */
export function slide(hunks: readonly LineHunk[], before: readonly string[], current: readonly string[]): LineHunk[] {
  return hunks.map((hunk, index) => {
    const adds = hunk.oldStart === hunk.oldEnd;
    if (!adds && hunk.newStart !== hunk.newEnd) return hunk;
    const previous = hunks[index - 1];
    const next = hunks[index + 1];
    const room = adds
      ? {
          lines: current,
          start: hunk.newStart,
          end: hunk.newEnd,
          from: previous ? previous.newEnd + 1 : 0,
          to: next ? next.newStart - 1 : current.length,
        }
      : {
          lines: before,
          start: hunk.oldStart,
          end: hunk.oldEnd,
          from: previous ? previous.oldEnd + 1 : 0,
          to: next ? next.oldStart - 1 : before.length,
        };
    const by = bestShift(room);
    return {
      oldStart: hunk.oldStart + by,
      oldEnd: hunk.oldEnd + by,
      newStart: hunk.newStart + by,
      newEnd: hunk.newEnd + by,
    };
  });
}

interface Room {
  readonly lines: readonly string[];
  /** The run, end excluded. */
  readonly start: number;
  readonly end: number;
  /** It may not touch anything outside: it would merge with another run. */
  readonly from: number;
  readonly to: number;
}

/** Runs that could slide farther are left where they are. */
const FARTHEST = 200;

function bestShift({ lines, start, end, from, to }: Room): number {
  let up = 0;
  while (up < FARTHEST && start - up > from && lines[start - up - 1] === lines[end - up - 1]) up++;
  let down = 0;
  while (down < FARTHEST && end + down < to && lines[start + down] === lines[end + down]) down++;
  let best = { shift: 0, cost: Infinity };
  for (let shift = -up; shift <= down; shift++) {
    const cost = splitCost(lines, start + shift) + splitCost(lines, end + shift);
    if (cost <= best.cost) best = { shift, cost };
  }
  return best.shift;
}

/** The cost of splitting a text before a line: low before little indentation, and after a blank line. */
function splitCost(lines: readonly string[], at: number): number {
  const isBlank = (index: number): boolean => lines[index]?.trim() === '';
  let following = at;
  while (isBlank(following)) following++;
  const text = lines[following];
  const indentation = text === undefined ? -1 : (/^[ \t]*/.exec(text)?.[0].replace(/\t/g, '        ').length ?? 0);
  const blank = isBlank(at - 1) ? 3 : isBlank(at) ? 2 : 0;
  return indentation * 10 - blank;
}
