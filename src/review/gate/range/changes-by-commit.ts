/**
 * What every commit of a range changed, read by git processes that start as soon as the range is known: while they run,
 * the other inputs of a verdict are read.
 */
import {
  ownOf,
  patchesFor,
  patchesOf,
  treesOf,
  type RawChange,
  type Comparison,
  type DiffFile,
  type PatchFile,
  type Repository,
} from '../../../git';
import type { Listed } from './commit-range';
import type { MergePlan } from './plan-merge';
import { planRange, type RangePlan } from './plan-range-replay';

/** The changes of one commit of a range. */
export interface CommitChanges {
  /** Against its parent; a root against the empty tree. Nothing for a merge. */
  readonly diff: readonly PatchFile[];
  /** What it changed itself: for a merge, what differs from every parent. */
  readonly own: readonly DiffFile[];
  /** How the files of a merge come about. */
  readonly merge: { readonly plan: MergePlan; readonly patchOf: (file: RawChange) => PatchFile } | undefined;
}

export interface RangeChanges {
  /** From the merge base to the head. */
  readonly net: () => Promise<readonly PatchFile[]>;
  /** Files that parts of the range began with where these branched off before the merge base, against those of it. */
  readonly outside: () => Promise<readonly PatchFile[]>;
  /** The next commit of the range. */
  readonly next: () => Promise<CommitChanges>;
}

/** Ids of the commits outside a range that commits of it have as parents, other than the merge base. */
function outsideOf({ mergeBase, commits }: Listed): readonly string[] {
  const within = new Set(commits.map(({ id }) => id));
  return [...new Set(commits.flatMap(({ parents }) => parents))].filter((id) => id !== mergeBase && !within.has(id));
}

/** Starts reading. Answers must be requested in order: net, those outside, the commits of the range. */
export function readChanges(repository: Repository, listed: Listed): RangeChanges {
  const started = start(repository, listed);
  started.catch(() => undefined); // reported to whoever asks
  const commits = listed.commits.values();
  return {
    net: async () => (listed.mergeBase === listed.head ? [] : (await started).patches()),
    outside: async () => {
      const { plan, patches } = await started;
      return plan.outside.length === 0 ? [] : patchesFor(plan.outside, await patches());
    },
    next: async () => {
      const { plan, patches, end } = await started;
      const { value: commit } = commits.next();
      const merge = commit === undefined ? undefined : plan.merges.get(commit.id);
      if (commit?.id === listed.commits.at(-1)?.id) end();
      if (merge === undefined) {
        const diff = commit === undefined || commit.parents.length > 1 ? [] : await patches();
        return { diff, own: diff, merge: undefined };
      }
      const files = comparedIn(merge);
      const found = new Map<RawChange, PatchFile>();
      const texts = files.length === 0 ? [] : patchesFor(files, await patches());
      for (const [at, file] of files.entries()) found.set(file, texts[at] ?? withoutLines(file));
      const patchOf = (file: RawChange): PatchFile => found.get(file) ?? withoutLines(file);
      return { diff: [], own: ownOf(merge.own.map((each) => each.map(patchOf))), merge: { plan: merge, patchOf } };
    },
  };
}

interface Started {
  readonly plan: RangePlan;
  readonly patches: () => Promise<readonly PatchFile[]>;
  /** To be called when the last answer is asked for. */
  readonly end: () => void;
}

async function start(repository: Repository, listed: Listed): Promise<Started> {
  const { mergeBase, head, commits } = listed;
  const outside = outsideOf(listed);
  const net: readonly Comparison[] = mergeBase === head ? [] : [{ from: mergeBase, to: head }];
  const isStraight = outside.length === 0 && commits.every(({ parents }) => parents.length < 2);
  const plan: RangePlan = isStraight
    ? { merges: new Map(), outside: [] }
    : await planRange(repository, listed, outside);
  const lists = [plan.outside, ...commits.map(({ id }) => comparedIn(plan.merges.get(id)))];
  const filled = lists.filter((files) => files.length > 0);
  const trees = filled.length === 0 ? undefined : await treesOf(repository, filled);
  const pairs = new Map(filled.map((files, at) => [files, trees?.pairs[at]]));
  const [first = [], ...others] = lists;
  const pairOf = (files: readonly RawChange[]): readonly Comparison[] => {
    const pair = pairs.get(files);
    return pair === undefined ? [] : [pair];
  };
  const comparisons = [
    ...net,
    ...pairOf(first),
    ...commits.flatMap(({ id, parents }, at) =>
      parents.length > 1 ? pairOf(others[at] ?? []) : [{ from: parents[0] ?? null, to: id }],
    ),
  ];
  return { plan, patches: inOrder(patchesOf(repository, comparisons, trees?.objects)), end: () => trees?.remove() };
}

/** The files of a merge that are compared line by line. */
const compared = new WeakMap<MergePlan, readonly RawChange[]>();

function comparedIn(plan: MergePlan | undefined): readonly RawChange[] {
  if (plan === undefined) return [];
  const known = compared.get(plan);
  if (known !== undefined) return known;
  const files = [
    ...new Set([
      ...plan.own.flat(),
      ...plan.files.flatMap(({ versions, removed }) => [...versions.map(({ file }) => file), removed]),
    ]),
  ].filter((file) => file !== null);
  compared.set(plan, files);
  return files;
}

const withoutLines = (file: RawChange): PatchFile => ({ ...file, binary: false, hunks: [] });

/**
 * One after another; empty after the last. Each is parsed on demand: otherwise every garbage collection would have to
 * keep the many that wait.
 */
function inOrder(patches: AsyncGenerator<readonly PatchFile[]>): () => Promise<readonly PatchFile[]> {
  return async () => {
    const next = await patches.next();
    return next.done === true ? [] : next.value;
  };
}
