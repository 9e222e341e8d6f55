/**
 * What has changed since an approved commit, the base's own progress left aside.
 *
 * An approval of an earlier head still holds for files whose net change is the same. That is asked of git itself: the
 * approved commit with the base merged in is compared with the head. So merging the base, a clean rebase and a squash
 * change nothing, and any edit does, wherever it is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isolatedGit, type Repository } from '../../git';
import type { Range } from '../range/commit-range';

/** Paths that differ; or why that can't be known. */
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
  const objects = mkdtempSync(path.join(tmpdir(), 'linekeeper-merge-'));
  try {
    // A conflict leaves its marks in the files concerned, which then differ from the head. Older versions of git
    // (before 2.38) can't.
    const merged = await isolatedGit(
      repository,
      ['merge-tree', '--write-tree', '--no-messages', approved, range.mergeBase],
      { codes: [0, 1, 128, 129], objects },
    );
    const tree = /^[0-9a-f]+(?=\n)/.exec(merged.stdout.toString('utf8'))?.[0];
    return tree === undefined || merged.code > 1
      ? 'not-comparable'
      : await differing(repository, tree, range.head, objects);
  } finally {
    rmSync(objects, { recursive: true, force: true });
  }
}

async function differing(
  repository: Repository,
  from: string,
  to: string,
  objects?: string,
): Promise<ReadonlySet<string>> {
  const { stdout } = await isolatedGit(
    repository,
    ['diff-tree', '-r', '--no-renames', '--name-only', '-z', from, to],
    objects === undefined ? {} : { objects },
  );
  return new Set(
    stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== ''),
  );
}
