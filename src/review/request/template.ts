/** The base branch's template for pull requests. */
import type { Repository } from '../../git';
import { treeFiles } from '../../policy/load';
import { forgeNamed, type ForgeId } from '../../forge';

const LONGEST = 64 * 1024;

/** Its text; null when there is none. Throws a GitError. */
export async function templateOf(repository: Repository, baseRef: string, forge: ForgeId): Promise<string | null> {
  const paths = forgeNamed(forge).templates ?? [];
  const commit = paths.length === 0 ? undefined : await repository.commitId(baseRef);
  if (commit === undefined) return null;
  const files = await treeFiles(repository, commit, paths);
  const found = paths.map((path) => files.get(path)).find((file) => file?.kind === 'file');
  return found?.kind === 'file' && found.bytes.length <= LONGEST ? found.bytes.toString('utf8') : null;
}
