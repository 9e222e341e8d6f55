/**
 * What has changed since an approved commit, apart from the base's own progress.
 *
 * An approval of an earlier head still holds for files whose net change is the same. Git itself determines that: the
 * approved commit with the base merged in is compared with the head. So merging the base, a clean rebase and a squash
 * change nothing, and any edit does, wherever it is.
 */
import { inMerge, isolatedGit, type Repository } from '../../git';
import type { Range } from '../range/commit-range';

/** Paths that differ; or why that is unknown. */
export type ChangeSinceApproval = ReadonlySet<string> | 'not-found' | 'not-comparable';

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

/** At most this many commits of the base are searched; with more, the change counts as merged. */
const LOOKED_AT = 200;

/** Between which commits to look for an approved change. */
interface Approved {
  /** The base that it was approved for, and the current base. */
  readonly since: string;
  readonly base: string;
  /** The approved commit, and the current one. */
  readonly commit: string;
  readonly head: string;
  /** What it changes. */
  readonly paths: readonly string[];
}

/**
 * Whether an approved change was merged into the base since, as a merge, a squash or its commits: then the approval is
 * used up, and making the same change again after a revert is another change. Throws a GitError.
 */
export async function wasMerged(
  repository: Repository,
  { since, base, commit, head, paths }: Approved,
): Promise<boolean> {
  if (since === base || paths.length === 0) return false;
  const listed = await isolatedGit(
    repository,
    [
      '--literal-pathspecs',
      'rev-list',
      '--first-parent',
      `--max-count=${String(LOOKED_AT + 1)}`,
      base,
      `^${since}`,
      '--',
      ...paths,
    ],
    { timeout: 120_000 },
  );
  const touching = listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((id) => id !== '');
  if (touching.length > LOOKED_AT) return true;
  for (const id of touching) {
    if ((await differing(repository, id, head, { paths })).size === 0) return true;
    const more = await inMerge(repository, id, commit, (tree, objects) =>
      differing(repository, id, tree, { objects, paths }),
    );
    if (more !== 'not-comparable' && more.size === 0) return true;
  }
  return false;
}

async function differing(
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
  return new Set(
    stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== ''),
  );
}
