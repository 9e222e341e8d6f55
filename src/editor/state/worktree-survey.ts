/** What is known of a work tree. Pure. */
import type { NextCommit, Standing } from '../background';
import type { BranchStanding } from '../../review-request';
import type { Worktree } from '../workspace/worktree';

export interface Survey extends Standing {
  readonly worktree: Worktree;
  /** What the next commit carries; undefined until it is worked out, or while paths are unmerged. */
  readonly next: NextCommit | undefined;
  /** What the branch's commits owe; null where it has none, undefined until it is worked out. */
  readonly branch: BranchStanding | null | undefined;
}

/**
 * What stands now, with what the next commit was to carry: that holds till it is worked out anew, but not behind a
 * commit.
 */
export const surveyed = (worktree: Worktree, standing: Standing, former: Survey | undefined): Survey => ({
  ...standing,
  worktree,
  next: former?.head === standing.head ? former.next : undefined,
  branch: former?.branch,
});
