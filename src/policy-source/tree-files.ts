/**
 * Files of a commit, read without checking anything out.
 */
import { isZero, plainGit, readBlobs, type Repository } from '../git';

/** A file as a tree has it. */
export type TreeFile =
  | { readonly kind: 'file'; readonly id: string; readonly bytes: Buffer }
  /** Something that is there and is not a plain file. `what` is for people: `a symbolic link`. */
  | { readonly kind: 'other'; readonly what: string };

const KINDS: Readonly<Record<string, string>> = { '120000': 'a symbolic link', '040000': 'a folder', '160000': 'a submodule' };

/** Where a path's content is: the mode and id that a tree has for it. */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

/** The entries of `paths` in a commit or tree (by its id), by path; those that are not there are left out. One git call. */
export async function treeEntries(repository: Repository, tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
  if (paths.length === 0) return new Map();
  const { stdout } = await plainGit(repository, ['ls-tree', '-z', '--full-tree', tree, '--', ...new Set(paths)]);
  return parseEntries(stdout, paths);
}

/** Reads the answer of `git ls-tree -z`. */
export function parseEntries(output: Buffer, paths: readonly string[]): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (const line of output.toString('utf8').split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line);
    const [, mode, id, path] = match ?? [];
    if (mode !== undefined && id !== undefined && path !== undefined && paths.includes(path) && !isZero(id)) entries.set(path, { mode, id });
  }
  return entries;
}

/** The contents of `paths` in a commit or tree (by its id), by path; those that are not there are left out. Throws a GitError. */
export async function treeFiles(repository: Repository, tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeFile>> {
  const entries = await treeEntries(repository, tree, paths);
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

/** What an entry that is no plain file is, for people. */
export const kindOf = (entry: TreeEntry): string => KINDS[entry.mode] ?? 'no plain file';
