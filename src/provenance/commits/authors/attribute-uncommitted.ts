/** What is uncommitted, and who wrote it. */
import type { ChangeAttribution } from '../../authorship/types';
import { openJournal } from '../../journal';
import { attributeWork, isWorthKeeping } from './cached-attribution-of-work-tree';
import {
  diffIndex,
  emptyTree,
  isGitError,
  withWorktreeIndex,
  type DiffFile,
  type Repository,
  type WorktreeIndex,
} from '../../../git';
import { settleFirst } from '../settle/settle-before-read';
import { plainNextContext } from '../origins/commits-undone-by-reset';

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
  return withWorktreeIndex(repository, async ({ index, objects, tree }) => {
    const context = await plainNextContext(repository, { parent, head, to: tree, objects });
    const files = isWorthKeeping(journal) ? undefined : await changedFiles(repository, parent, { index, objects });
    return attributeWork(repository, context, { to: files ?? (await tree()), objects, journal, now: now() });
  });
}

/** Undefined where only git's tree can tell, such as with a split index. */
async function changedFiles(
  repository: Repository,
  parent: string,
  { index, objects }: Pick<WorktreeIndex, 'index' | 'objects'>,
): Promise<readonly DiffFile[] | undefined> {
  try {
    return await diffIndex(repository, parent, index, { objects });
  } catch (error) {
    if (isGitError(error) && error.reason === 'failed') return undefined;
    throw error;
  }
}
