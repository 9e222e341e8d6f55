/**
 * What every commit of a range changed, read by one git process that starts as soon as the range is known: while it
 * runs, the other inputs of a verdict are read.
 */
import {
  comparisonsOf,
  ownOf,
  patchesOf,
  type Comparison,
  type DiffFile,
  type PatchFile,
  type Repository,
} from '../../git';
import type { Listed } from './commit-range';

/** The changes of one commit of a range. */
export interface CommitChanges {
  /** Against each parent; a root against the empty tree. */
  readonly diffs: readonly (readonly PatchFile[])[];
  /** What it changed itself: for a merge, what differs from every parent. */
  readonly own: readonly DiffFile[];
}

export interface RangeChanges {
  /** From the merge base to the head. */
  readonly net: () => Promise<readonly PatchFile[]>;
  /**
   * Commits outside the range that parts of it branched off, other than the merge base; {@link outsideOf} lists them,
   * in the same order.
   */
  readonly outside: () => Promise<readonly PatchFile[]>;
  /** The next commit of the range. */
  readonly next: () => Promise<CommitChanges>;
}

/** Ids of the commits outside a range that commits of it have as parents, other than the merge base. */
export function outsideOf({ mergeBase, commits }: Listed): readonly string[] {
  const within = new Set(commits.map(({ id }) => id));
  return [...new Set(commits.flatMap(({ parents }) => parents))].filter((id) => id !== mergeBase && !within.has(id));
}

/** Starts reading. Answers must be requested in order: net, those outside, the commits of the range. */
export function readChanges(repository: Repository, listed: Listed): RangeChanges {
  const { mergeBase, head, commits } = listed;
  const asked = commits.map((commit) => ({
    parents: Math.max(1, commit.parents.length),
    comparisons: comparisonsOf(commit),
  }));
  const net: readonly Comparison[] = mergeBase === head ? [] : [{ from: mergeBase, to: head }];
  const patches = one(
    patchesOf(repository, [
      ...net,
      ...outsideOf(listed).map((to) => ({ from: mergeBase, to })),
      ...asked.flatMap(({ comparisons }) => comparisons),
    ]),
  );
  const following = asked.values();
  return {
    net: async () => (net.length === 0 ? [] : patches()),
    outside: patches,
    next: async () => {
      const { parents, comparisons } = following.next().value ?? { parents: 0, comparisons: [] };
      const diffs: (readonly PatchFile[])[] = [];
      for (const _ of comparisons) diffs.push(await patches());
      return { diffs: diffs.slice(0, parents), own: ownOf(diffs) };
    },
  };
}

/**
 * One after another; empty after the last. Each is parsed on demand: otherwise every garbage collection would have to
 * keep the many that wait.
 */
function one(patches: AsyncGenerator<readonly PatchFile[]>): () => Promise<readonly PatchFile[]> {
  return async () => {
    const next = await patches.next();
    return next.done === true ? [] : next.value;
  };
}
