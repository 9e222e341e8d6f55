/** Clocks of two machines that differ. */
import type { Commit } from '../../git';

/** A clock that is ahead by no more than this is accepted (milliseconds). */
export const SKEW_MS = 5 * 60_000;

/** The commit's own time where it is later than its deployment, as far as it is not in the future itself. */
export function skewOf(commit: Commit | undefined, deployed: number, now: number, skewed: Set<string>): number {
  const made = (commit?.committer.time ?? 0) * 1000;
  if (commit === undefined || made <= deployed + SKEW_MS) return deployed;
  skewed.add(commit.id);
  return Math.min(made, now);
}
