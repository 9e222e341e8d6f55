/** Work that was stashed in one work tree and is committed in another. Hooks load only what says that there is none. */
import { existsSync } from 'node:fs';
import { openJournal, timeOf } from '../../journal';
import type { Repository } from '../../../git';
import { otherWorktrees } from '../settle/other-worktrees';
import { hasLinked, isAnyPutAway, isLookedUp, lastStashAt, SLACK_MS, stashLog } from './known-stashes';
import type { Next } from './find-stashed-change';

/**
 * Commits of work stashed in another work tree that the next commit has; none where nothing says so. `settleBeside`: lets
 * the other work trees tell of what is stashed still. Throws a GitError.
 */
export async function stashedBeside(
  repository: Repository,
  { settleBeside, ...next }: Next & { readonly settleBeside?: () => Promise<void> },
): Promise<readonly string[]> {
  if (!hasLinked(repository)) return [];
  const others = otherWorktrees(repository).filter(({ gitDir }) => openJournal(gitDir, Date.now).hasRecords());
  if (others.length > 0 && existsSync(stashLog(repository))) await settleBeside?.();
  const unseen = others.filter(mayHaveStashed);
  if (unseen.length === 0 && !isAnyPutAway(repository)) return [];
  return (await import('./find-stashed-change')).findStashed(repository, unseen, next);
}

/** Whether work of a work tree may have been stashed since that was last looked up. Starts no git. */
function mayHaveStashed(repository: Repository): boolean {
  const stashedAt = lastStashAt(repository);
  const [first] = openJournal(repository.gitDir, Date.now).names();
  return first !== undefined && timeOf(first) <= stashedAt + SLACK_MS && !isLookedUp(repository, stashedAt);
}
