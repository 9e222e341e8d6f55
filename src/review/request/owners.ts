/** Who owns files by CODEOWNERS. */
import type { Repository } from '../../git';
import { treeFiles } from '../../policy/load';
import { codeownersIn, CODEOWNERS_PATHS, parseCodeowners, type OwnersOf } from '../../policy';

/** By the CODEOWNERS of a commit, given by its full id. Throws a GitError. */
export async function ownersAt(repository: Repository, commit: string): Promise<OwnersOf> {
  return parseCodeowners(codeownersIn(await treeFiles(repository, commit, CODEOWNERS_PATHS)));
}
