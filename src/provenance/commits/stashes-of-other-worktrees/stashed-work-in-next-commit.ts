/** Work that was done in one work tree and is committed in another. Hooks load only what says that there is none. */
import { existsSync } from 'node:fs';
import { openJournal } from '../../journal';
import type { Repository } from '../../../git';
import { otherWorktrees } from '../settle/other-and-unsettled-worktrees';
import { hasLinked, isAnyPutAway, stashLog } from './known-stashes';
import type { Next } from './match-change-to-stashed-work';

/**
 * Commits of other work trees' work that the next commit has: stashed there, or carried over by a patch; none where
 * nothing says so. `settleBeside`: lets the other work trees tell of what is stashed still. Throws a GitError.
 */
export async function stashedBeside(
  repository: Repository,
  { settleBeside, ...next }: Next & { readonly settleBeside?: () => Promise<void> },
): Promise<readonly string[]> {
  if (!hasLinked(repository)) return [];
  const others = otherWorktrees(repository).filter(({ gitDir }) => openJournal(gitDir, Date.now).hasRecords());
  if (others.length > 0 && existsSync(stashLog(repository))) await settleBeside?.();
  const atWork = others.filter(({ gitDir }) => openJournal(gitDir, Date.now).names().length > 0);
  if (atWork.length === 0 && !isAnyPutAway(repository)) return [];
  return (await import('./match-change-to-stashed-work')).findStashed(repository, atWork, next);
}
