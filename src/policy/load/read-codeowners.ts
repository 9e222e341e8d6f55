/** Who owns files by CODEOWNERS. */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';
import { codeownersIn, CODEOWNERS_PATHS, parseCodeowners, type OwnersOf } from '..';
import { treeFiles } from './read-files-of-commit';

/** The text of the CODEOWNERS of a commit, given by its full id; empty when it has none. Throws a GitError. */
export const codeownersAt = async (repository: Repository, commit: string): Promise<string> =>
  codeownersIn(await treeFiles(repository, commit, CODEOWNERS_PATHS));

/** By the CODEOWNERS of a commit; undefined, as `HEAD` before the first one, has no owners. Throws a GitError. */
export const ownersAt = async (repository: Repository, commit: string | undefined): Promise<OwnersOf> =>
  commit === undefined ? () => [] : parseCodeowners(await codeownersAt(repository, commit));

/** The text of the one in a work tree, saved or not committed yet; empty when it has none that can be read. */
export function codeownersInFolder(root: string): string {
  for (const name of CODEOWNERS_PATHS) {
    const file = path.join(root, name);
    try {
      if (lstatSync(file).isFile()) return readFileSync(file, 'utf8');
    } catch {
      continue; // the next place
    }
  }
  return '';
}
