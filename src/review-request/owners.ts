/** Who owns files by CODEOWNERS. */
import type { Repository } from '../git';
import { treeFiles } from '../policy-loader';
import { CODEOWNERS_PATHS, parseCodeowners, type OwnersOf } from '../review';

/** By the CODEOWNERS of a commit, given by its full id. Throws a GitError. */
export async function ownersAt(repository: Repository, commit: string): Promise<OwnersOf> {
  const files = await treeFiles(repository, commit, CODEOWNERS_PATHS);
  const file = CODEOWNERS_PATHS.map((path) => files.get(path)).find((one) => one?.kind === 'file');
  return parseCodeowners(file?.kind === 'file' ? file.bytes.toString('utf8') : '');
}
