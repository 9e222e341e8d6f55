/** The merge of two commits, as git itself would make it, without making it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isolatedGit } from './isolated-git';
import type { Repository } from './repository';

/**
 * Reads the merge of two commits. A conflict leaves its markers in the files concerned. Unsupported in git before 2.38.
 * Throws a GitError.
 */
export async function inMerge<T>(
  repository: Repository,
  ourCommit: string,
  theirCommit: string,
  read: (tree: string, objects: string) => Promise<T>,
): Promise<T | 'not-comparable'> {
  const objects = mkdtempSync(path.join(tmpdir(), 'linekeeper-merge-'));
  try {
    const merged = await isolatedGit(
      repository,
      ['merge-tree', '--write-tree', '--no-messages', ourCommit, theirCommit],
      { codes: [0, 1, 128, 129], objects },
    );
    const tree = /^[0-9a-f]+(?=\n)/.exec(merged.stdout.toString('utf8'))?.[0];
    return tree === undefined || merged.code > 1 ? 'not-comparable' : await read(tree, objects);
  } finally {
    rmSync(objects, { recursive: true, force: true });
  }
}
