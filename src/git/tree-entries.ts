/** What a tree has under some names. */
import { plainGit } from './plain';
import type { Repository } from './repository';

export interface TreeEntry {
  readonly id: string;
  /** As git writes it: `100644`. */
  readonly mode: string;
}

/** A large tree is not read whole for fewer files than this. */
const NAMED_AT_MOST = 200;

/** The files and submodules that a commit or tree has under these paths, by path; those that are not there are left out. One git call. Throws a GitError. */
export async function treeEntries(repository: Repository, tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  if (paths.length === 0) return entries;
  const { stdout } = await plainGit(repository, ['ls-tree', '-z', '--full-tree', ...(paths.length <= NAMED_AT_MOST ? [tree, '--', ...paths] : ['-r', tree])], { env: { GIT_LITERAL_PATHSPECS: '1' } });
  const wanted = new Set(paths);
  for (const line of stdout.toString('utf8').split('\0')) {
    const [, mode, id, name] = /^(\d+) (?:blob|commit) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && id !== undefined && name !== undefined && wanted.has(name)) entries.set(name, { id, mode });
  }
  return entries;
}
