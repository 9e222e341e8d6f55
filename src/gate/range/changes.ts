/**
 * What every commit of a range changed, read by one git that starts as soon as the range is known: while it works, the rest
 * of what a verdict rests on is read.
 */
import { comparisonsOf, ownOf, patchesOf, type Comparison, type DiffFile, type PatchFile, type Repository } from '../../git';
import type { Listed } from './commit-range';

/** The changes of one commit of a range. */
export interface CommitChanges {
  /** Against each parent; a root against nothing. */
  readonly diffs: readonly (readonly PatchFile[])[];
  /** What it changed itself: of a merge, what differs from every parent. */
  readonly own: readonly DiffFile[];
}

export interface RangeChanges {
  /** From the merge base to the head. */
  readonly net: () => Promise<readonly PatchFile[]>;
  /** Commits outside the range that parts of it branched off, other than the merge base; {@link outsideOf} names them, in their order. */
  readonly outside: () => Promise<readonly PatchFile[]>;
  /** The next commit of the range. */
  readonly next: () => Promise<CommitChanges>;
}

/** Ids of the commits outside a range that commits of it have as parents, other than the merge base. */
export function outsideOf({ mergeBase, commits }: Listed): readonly string[] {
  const within = new Set(commits.map(({ id }) => id));
  return [...new Set(commits.flatMap(({ parents }) => parents))].filter((id) => id !== mergeBase && !within.has(id));
}

/** Starts reading. Answers are asked for in order: net, those outside, the commits of the range. */
export function readChanges(repository: Repository, listed: Listed): RangeChanges {
  const { mergeBase, head, commits } = listed;
  const asked = commits.map((commit) => ({ parents: Math.max(1, commit.parents.length), comparisons: comparisonsOf(commit) }));
  const net: readonly Comparison[] = mergeBase === head ? [] : [{ from: mergeBase, to: head }];
  const patches = ahead(patchesOf(repository, [...net, ...outsideOf(listed).map((to) => ({ from: mergeBase, to })), ...asked.flatMap(({ comparisons }) => comparisons)]));
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

/** So much text is read before anybody asks for it (characters). */
const AHEAD_AT_MOST = 64 * 1024 * 1024;

/** Reads on while nobody asks. */
function ahead(patches: AsyncGenerator<readonly PatchFile[]>): () => Promise<readonly PatchFile[]> {
  const ready: { readonly files: readonly PatchFile[]; readonly weight: number }[] = [];
  let taken = 0;
  let waiting = 0;
  let failure: Error | undefined;
  let done = false;
  let wake = (): void => undefined;
  let more = (): void => undefined;
  const read = async (): Promise<void> => {
    for await (const files of patches) {
      const weight = weightOf(files);
      ready.push({ files, weight });
      waiting += weight;
      wake();
      if (waiting > AHEAD_AT_MOST) await new Promise<void>((resolve) => { more = resolve; });
    }
  };
  read().catch((error: unknown) => { failure = error instanceof Error ? error : new Error(String(error)); }).finally(() => {
    done = true;
    wake();
  });
  return async () => {
    while (taken >= ready.length) {
      if (failure !== undefined) throw failure;
      if (done) return [];
      await new Promise<void>((resolve) => { wake = resolve; });
    }
    const next = ready[taken++];
    if (taken > 1_000) {
      ready.splice(0, taken);
      taken = 0;
    }
    waiting -= next?.weight ?? 0;
    if (waiting <= AHEAD_AT_MOST) more();
    return next?.files ?? [];
  };
}

function weightOf(files: readonly PatchFile[]): number {
  let weight = 0;
  for (const { hunks } of files) for (const { added, removed } of hunks) for (const text of [added, removed]) for (const line of text) weight += line.length + 32;
  return weight;
}
