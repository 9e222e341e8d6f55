/** Numbers of lines by author. */
import type { Counts, LineRange } from '../types';

export const NO_COUNTS: Counts = { ai: 0, human: 0, unknown: 0 };

/** How many lines the ranges hold, by author. */
export function countLines(ranges: readonly LineRange[]): Counts {
  const counts = { ai: 0, human: 0, unknown: 0 };
  for (const range of ranges) counts[range.author] += range.end - range.start + 1;
  return counts;
}

export const addCounts = (a: Counts, b: Counts): Counts => ({
  ai: a.ai + b.ai,
  human: a.human + b.human,
  unknown: a.unknown + b.unknown,
});
