/** What a tree has at given paths. */
import { isZero } from './diff-trees-and-index';
import { isolatedGit } from '../plumbing/isolated-git';
import { FOLDER, LooseTrees, type TreeEntry } from '../plumbing/loose-trees';
import type { Repository } from '../plumbing/repository';

export type { TreeEntry } from '../plumbing/loose-trees';

/** A large tree is not read whole for fewer files than this. */
const NAMED_AT_MOST = 200;

/**
 * The files and submodules that a commit or tree has at these paths, by path; missing ones are left out. `folders`: those
 * too. At most one git call. Throws a GitError.
 */
export async function treeEntries(
  repository: Repository,
  tree: string,
  paths: readonly string[],
  { folders = false }: { readonly folders?: boolean } = {},
): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = (await looseEntries(repository, tree, paths)) ?? (await askGit(repository, tree, paths));
  return folders ? entries : new Map([...entries].filter(([, { mode }]) => mode !== FOLDER));
}

async function askGit(repository: Repository, tree: string, paths: readonly string[]): Promise<Entries> {
  const { stdout } = await isolatedGit(
    repository,
    ['ls-tree', '-z', '--full-tree', ...(paths.length <= NAMED_AT_MOST ? [tree, '--', ...paths] : ['-r', tree])],
    { env: { GIT_LITERAL_PATHSPECS: '1' } },
  );
  return parseEntries(stdout, paths);
}

/** Undefined where git has to say. */
async function looseEntries(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<Entries | undefined> {
  const trees = new LooseTrees(repository);
  const entries = new Map<string, TreeEntry>();
  for (const path of paths) {
    const entry = await trees.entry(tree, path);
    if (entry === undefined) return undefined;
    if (entry !== null && !isZero(entry.id)) entries.set(path, entry);
  }
  return entries;
}

type Entries = ReadonlyMap<string, TreeEntry>;

/** Parses the output of `git ls-tree -z` for these paths: folders too, where it names them. */
export function parseEntries(output: Buffer, paths: readonly string[]): Entries {
  const entries = new Map<string, TreeEntry>();
  const wanted = new Set(paths);
  for (const line of output.toString('utf8').split('\0')) {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && id !== undefined && path !== undefined && wanted.has(path) && !isZero(id))
      entries.set(path, { mode, id });
  }
  return entries;
}
