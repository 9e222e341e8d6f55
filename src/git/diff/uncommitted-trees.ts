/** Trees of uncommitted content: of the index, and of the work tree as `git add -A` would stage it. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataPlace, makeDataFolder } from '../../base/files';
import { withAlternates } from '../plumbing/alternates-variable';
import type { Repository } from '../plumbing/repository';

/** Id of the tree that a commit of the index would have; undefined while paths are unmerged. Throws a GitError. */
export async function indexTree(repository: Repository, indexFile?: string): Promise<string | undefined> {
  const real = path.join(repository.gitDir, 'index');
  if (indexFile !== undefined || !existsSync(real))
    return writeTree(repository, indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile });
  // From a copy: on the real index git takes its lock, and the user's own command would find it locked.
  const folder = mkdtempSync(path.join(makeDataFolder(dataPlace(repository.gitDir, 'tmp')), 'index-'));
  try {
    copyFileSync(real, path.join(folder, 'index'));
    return await writeTree(repository, { GIT_INDEX_FILE: path.join(folder, 'index') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeTree(repository: Repository, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const answer = await repository.git(['write-tree'], { codes: [0, 128], env });
  return answer.code === 0 ? answer.stdout.toString('utf8').trim() : undefined;
}

const ADD_CONFIG = ['core.safecrlf=false', 'advice.addEmbeddedRepo=false', 'core.fsmonitor=false'];

/**
 * Contents that need no conversion go into one pack: thousands of files, each in a folder of its own, take twice as long
 * to write and to delete.
 */
const INTO_ONE_PACK = ['core.bigFileThreshold=1', 'core.compression=1'];

/** What a commit of everything in the work tree would have. */
export interface WorktreeIndex {
  /** Its files, as an index. */
  readonly index: string;
  /** The folder that holds the objects that the repository does not have. */
  readonly objects: string;
  /** The id of the tree: another git call, and one object more for each folder. Throws a GitError. */
  readonly tree: () => Promise<string>;
}

/** Only tracked files, or only those at some paths; the others are as in the index. */
type WorktreePart = 'all' | 'tracked' | readonly string[];

/**
 * Calls `use` with the tree of everything in the work tree (untracked files too, ignored ones not) and the folder that
 * holds its objects. Neither the index nor the repository's objects are touched; the folder is deleted afterwards.
 */
export const withWorktreeTree = <T>(
  repository: Repository,
  use: (tree: string, objects: string) => Promise<T>,
  part: WorktreePart = 'all',
): Promise<T> => withWorktreeIndex(repository, async ({ tree, objects }) => use(await tree(), objects), part);

/** The same for a caller that may need no tree. */
export async function withWorktreeIndex<T>(
  repository: Repository,
  use: (work: WorktreeIndex) => Promise<T>,
  part: WorktreePart = 'all',
): Promise<T> {
  const folder = scratchFolder(repository);
  try {
    const objects = path.join(folder, 'objects');
    mkdirSync(objects);
    const index = path.join(folder, 'index');
    const real = path.join(repository.gitDir, 'index');
    if (existsSync(real)) {
      copyFileSync(real, index);
      // git trusts an entry that is older than the index: a copy with a newer time would hide an edit of the same
      // second and size.
      const { atime, mtime } = statSync(real);
      utimesSync(index, atime, mtime);
    }
    const env = {
      GIT_INDEX_FILE: index,
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: withAlternates(repository),
    };
    const add = (config: readonly string[]): Promise<{ readonly code: number }> =>
      repository.git(
        [
          ...[...ADD_CONFIG, ...config].flatMap((setting) => ['-c', setting]),
          'add',
          part === 'tracked' ? '-u' : '-A',
          '--ignore-errors',
          ...(typeof part === 'string' ? ['.'] : ['--pathspec-from-file=-', '--pathspec-file-nul']),
        ],
        {
          codes: [0, 1, 128],
          env: typeof part === 'string' ? env : { ...env, GIT_LITERAL_PATHSPECS: '1' },
          ...(typeof part === 'string' ? {} : { input: part.join('\0') }),
          timeout: 120_000,
        },
      );
    // Where a file shrinks while git writes it into a pack, git gives up; as a file of its own it only passes it over.
    if ((await add(INTO_ONE_PACK)).code === 128) await add([]);
    const tree = async (): Promise<string> =>
      (await repository.git(['write-tree'], { env })).stdout.toString('utf8').trim();
    return await use({ index, objects, tree });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Next to the repository's own objects, or elsewhere when that is not writable. */
export function scratchFolder(repository: Repository): string {
  try {
    return mkdtempSync(path.join(makeDataFolder(dataPlace(repository.gitDir, 'tmp')), 'tree-'));
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'linekeeper-tree-'));
  }
}
