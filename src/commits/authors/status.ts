/** What is uncommitted, and who wrote it. */
import type { ChangeAttribution } from '../../authorship/types';
import { openJournal } from '../../journal';
import { attributeWork } from './kept-attribution';
import { emptyTree } from '../../git';
import type { Repository } from '../../git';
import { settleFirst } from '../settle/settle-before-read';
import { plainNextContext } from '../origins/reset';
import { withWorktreeTree } from '../../git';

/**
 * Uncommitted work against HEAD: staged, unstaged and untracked together. Settles first; `tell` is called with the
 * reason if that fails. Throws a GitError.
 */
export async function statusOf(
  repository: Repository,
  now: () => number,
  tell: (sentence: string) => void = () => undefined,
): Promise<ChangeAttribution> {
  await settleFirst(repository, now, tell);
  const journal = openJournal(repository.gitDir, now);
  const head = (await repository.commitId('HEAD')) ?? null;
  const parent = head ?? emptyTree(repository);
  return withWorktreeTree(repository, async (tree, objects) => {
    const context = await plainNextContext(repository, { parent, head, to: tree, objects });
    return attributeWork(repository, context, { to: tree, objects, journal, now: now() });
  });
}
