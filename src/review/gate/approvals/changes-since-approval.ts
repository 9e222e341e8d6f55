/**
 * What has changed since an approved commit, apart from the base's own progress.
 *
 * An approval of an earlier head still holds for files whose net change is the same. Git itself determines that: the
 * approved commit with the base merged in is compared with the head. So merging the base, a clean rebase and a squash
 * change nothing, and any edit does, wherever it is.
 */
import { outputNames, inMerge, isolatedGit, readCommits, type Repository } from '../../../git';
import type { Range } from '../range/commit-range';

/** Paths that differ; or why that is unknown. */
export type ChangeSinceApproval = ReadonlySet<string> | 'not-found' | 'not-comparable';

/** Each takes some git calls. No change has so many approved heads that are here. */
const COMPARED_AT_MOST = 200;

/** For each approved commit, what has changed since. The first ones are compared. Throws a GitError. */
export async function changedSinceApprovals(
  repository: Repository,
  range: Range,
  approved: readonly string[],
): Promise<ReadonlyMap<string, ChangeSinceApproval>> {
  const here = await readCommits(repository, approved);
  const drift = new Map<string, ChangeSinceApproval>();
  let compared = 0;
  for (const commit of approved) {
    if (!here.has(commit)) drift.set(commit, 'not-found');
    else if (compared++ >= COMPARED_AT_MOST) drift.set(commit, 'not-comparable');
    else drift.set(commit, await changedSinceApproval(repository, range, commit));
  }
  return drift;
}

/** Throws a GitError. */
export async function changedSinceApproval(
  repository: Repository,
  range: Range,
  approved: string,
): Promise<ChangeSinceApproval> {
  if (approved === range.head) return new Set();
  const kind = await isolatedGit(repository, ['cat-file', '-t', approved], { codes: [0, 1, 128] });
  if (kind.stdout.toString('utf8').trim() !== 'commit') return 'not-found';
  const found = await isolatedGit(repository, ['merge-base', range.base, approved], { codes: [0, 1] });
  const mergeBase = found.stdout.toString('utf8').trim();
  if (mergeBase === '') return 'not-comparable';
  if (mergeBase === range.mergeBase) return differing(repository, approved, range.head);
  return inMerge(repository, approved, range.mergeBase, (tree, objects) =>
    differing(repository, tree, range.head, { objects }),
  );
}

/** Paths that differ between two commits or trees. Throws a GitError. */
export async function differing(
  repository: Repository,
  from: string,
  to: string,
  { objects, paths = [] }: { readonly objects?: string; readonly paths?: readonly string[] } = {},
): Promise<ReadonlySet<string>> {
  const { stdout } = await isolatedGit(
    repository,
    ['--literal-pathspecs', 'diff-tree', '-r', '--no-renames', '--name-only', '-z', from, to, '--', ...paths],
    objects === undefined ? {} : { objects },
  );
  return new Set(outputNames(stdout));
}
