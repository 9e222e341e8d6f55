/** What is known about a work tree. Pure. */
import type { NextCommit, Standing } from '../background';
import type { BranchStanding } from '../../review/request';
import type { Worktree } from '../workspace/worktree';

export interface Survey extends Standing {
  readonly worktree: Worktree;
  /** The next commit's trailers; undefined until computed, or while paths are unmerged. */
  readonly next: NextCommit | undefined;
  /** What the branch's commits still need; null when it has none, undefined until computed. */
  readonly branch: BranchStanding | null | undefined;
}

/**
 * The current state, with the previous trailers of the next commit: they are kept until they are recomputed, but not
 * after a commit.
 */
export const surveyed = (worktree: Worktree, standing: Standing, former: Survey | undefined): Survey => ({
  ...standing,
  worktree,
  next: former?.head === standing.head ? former.next : undefined,
  branch: former?.branch,
});
