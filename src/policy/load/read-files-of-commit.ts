/**
 * Files of a commit, read without checking anything out.
 */
import { readBlobs, treeEntries, type Repository, type TreeEntry } from '../../git';

export type TreeFile =
  | { readonly kind: 'file'; readonly id: string; readonly bytes: Buffer }
  /** Something that exists but is not a plain file. `what` is for people: `a symbolic link`. */
  | { readonly kind: 'other'; readonly what: string };

const KINDS: Readonly<Record<string, string>> = {
  '120000': 'a symbolic link',
  '040000': 'a folder',
  '160000': 'a submodule',
};

/** What was asked of a tree last: its owners are read with the policy, and asked for again. */
const latest = new WeakMap<
  Repository,
  { readonly tree: string; readonly paths: ReadonlySet<string>; readonly entries: ReadonlyMap<string, TreeEntry> }
>();

/**
 * The entries of `paths` in a commit or tree (by its id), by path; those that do not exist are left out. At most one git
 * call.
 */
async function entriesAt(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const known = latest.get(repository);
  if (known?.tree === tree && paths.every((path) => known.paths.has(path)))
    return new Map([...known.entries].filter(([path]) => paths.includes(path)));
  const entries = await treeEntries(repository, tree, [...new Set(paths)], { folders: true });
  latest.set(repository, { tree, paths: new Set(paths), entries });
  return entries;
}

/**
 * The contents of `paths` in a commit or tree (by its id), by path; those that do not exist are left out. Throws a
 * GitError.
 */
export async function treeFiles(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeFile>> {
  const entries = await entriesAt(repository, tree, paths);
  const plain = [...entries.values()].filter((entry) => isPlainFile(entry)).map((entry) => entry.id);
  const blobs = await readBlobs(repository, plain);
  const files = new Map<string, TreeFile>();
  for (const [path, entry] of entries) {
    const bytes = blobs.get(entry.id);
    if (isPlainFile(entry) && bytes !== undefined) files.set(path, { kind: 'file', id: entry.id, bytes });
    else files.set(path, { kind: 'other', what: KINDS[entry.mode] ?? 'not to be had here' });
  }
  return files;
}

export const isPlainFile = (entry: TreeEntry): boolean => entry.mode.startsWith('100');

/** What an entry that is not a plain file is, for people. */
export const kindOf = (entry: TreeEntry): string => KINDS[entry.mode] ?? 'no plain file';
