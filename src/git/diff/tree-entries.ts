/** What a tree has at given paths. */
import { isZero } from './tree-diff';
import { isolatedGit } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';

export interface TreeEntry {
  readonly id: string;
  /** As git writes it: `100644`. */
  readonly mode: string;
}

/** A large tree is not read whole for fewer files than this. */
const NAMED_AT_MOST = 200;

/**
 * The files and submodules that a commit or tree has at these paths, by path; missing ones are left out. One git call.
 * Throws a GitError.
 */
export async function treeEntries(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  if (paths.length === 0) return new Map();
  const { stdout } = await isolatedGit(
    repository,
    ['ls-tree', '-z', '--full-tree', ...(paths.length <= NAMED_AT_MOST ? [tree, '--', ...paths] : ['-r', tree])],
    { env: { GIT_LITERAL_PATHSPECS: '1' } },
  );
  return new Map([...parseEntries(stdout, paths)].filter(([, { mode }]) => mode !== FOLDER));
}

const FOLDER = '040000';

/** Parses the output of `git ls-tree -z` for these paths: folders too, where it names them. */
export function parseEntries(output: Buffer, paths: readonly string[]): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  const wanted = new Set(paths);
  for (const line of output.toString('utf8').split('\0')) {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && id !== undefined && path !== undefined && wanted.has(path) && !isZero(id))
      entries.set(path, { mode, id });
  }
  return entries;
}
