/** The checked-out submodules of a work tree. */
import { existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { Repository } from './repository';

/** Git takes any depth; a repository that holds itself would never end. */
const DEPTH_AT_MOST = 5;
/** An entry of `git ls-files --stage -z` for a submodule: mode, object, stage, TAB, path (git-ls-files(1)). */
const GITLINK = /^160000 [0-9a-f]+ 0\t(?<name>[^]+)$/;

/**
 * The submodules of a repository's work tree that are checked out, and theirs, in the order of their paths. Only those
 * that the index has: `.gitmodules` alone could name any folder. One git call for each repository with a `.gitmodules`,
 * none for others. Throws a GitError when the index can't be read.
 */
export async function submodulesOf(repository: Repository, depth = DEPTH_AT_MOST): Promise<readonly Repository[]> {
  if (depth === 0 || !existsSync(path.join(repository.root, '.gitmodules'))) return [];
  const entries = (await repository.text(['ls-files', '--stage', '-z'])).split('\0');
  const found: Repository[] = [];
  for (const entry of entries) {
    const name = GITLINK.exec(entry)?.groups?.['name'];
    if (name === undefined) continue;
    const folder = path.join(repository.root, name);
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) continue; // no link is followed
    const submodule = Repository.find(folder);
    // A folder that is not checked out is the superproject's.
    if (submodule?.root === folder) found.push(submodule, ...(await submodulesOf(submodule, depth - 1)));
  }
  return found;
}
