/** When commits were made, as far as clocks are credible. */
import { believedTime } from '../../provenance/commits';
import type { CommitFacts } from './types';

/** When commits were made, in seconds, as far as clocks are credible. */
export function effectiveTimes(
  commits: readonly CommitFacts[],
  now: number,
): { readonly at: (index: number) => number; readonly add: (commit: CommitFacts | undefined) => void } {
  const byId = new Map<string, number>();
  const all: number[] = [];
  const add = (commit: CommitFacts | undefined): void => {
    if (!commit) return;
    const parents = commit.parents.flatMap((parent) => byId.get(parent) ?? []);
    const time = believedTime(commit.time, parents, Math.floor(now / 1000));
    byId.set(commit.id, time);
    all.push(time);
  };
  commits.forEach(add);
  return { at: (index) => all[index] ?? 0, add };
}
