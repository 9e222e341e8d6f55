/** Whether one commit comes from another. */
import type { Repository } from '../../../git';

/** True too where both are the same; false where one of them is not in this repository. Throws a GitError. */
export async function isAncestor(repository: Repository, ancestor: string, descendant: string): Promise<boolean> {
  const words = ['merge-base', '--is-ancestor', ancestor, descendant];
  return (await repository.git(words, { codes: [0, 1, 128] })).code === 0;
}
