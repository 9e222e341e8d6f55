/**
 * How the work at hand stands against the branch that it would be reviewed for, before there need be a branch of its
 * own.
 */
import type { Repository } from '../git';
import { checkForge, findAhead, findBranch, ReviewError, type KnownForge } from '../review';

export interface ReviewBase {
  /** Branch that is checked out; null for none. */
  readonly branch: string | null;
  readonly base: string;
  readonly onBase: boolean;
  /** Commits that the base lacks. */
  readonly commits: number;
  readonly remote: string;
  /** The remote's address as git gives it; it may have a password in it. */
  readonly address: string;
  /** The remote has all commits of the branch. */
  readonly pushed: boolean;
}

/**
 * Throws a {@link ReviewError} where nobody could be asked, whatever is done first: no remote, one that is no forge, or
 * no known base.
 */
export async function reviewBase({ root }: Repository, known?: KnownForge): Promise<ReviewBase> {
  const ahead = await findAhead(root);
  try {
    const branch = await findBranch(root);
    checkForge(branch.remote, known);
    return {
      branch: ahead?.branch ?? branch.head,
      base: branch.base,
      onBase: false,
      commits: branch.subjects.length,
      remote: branch.remote.name,
      address: branch.remote.address,
      pushed: branch.pushed,
    };
  } catch (error) {
    // Without a branch or without commits of its own: a step that is done first makes them.
    if (!(error instanceof ReviewError) || !['no-branch', 'no-commits'].includes(error.reason)) throw error;
  }
  if (ahead?.remote === null || ahead === undefined)
    throw new ReviewError('no-base', 'The target branch is not known here. Fetch it first: git fetch');
  checkForge(ahead.remote, known);
  return {
    branch: ahead.branch,
    base: ahead.base,
    onBase: ahead.onBase,
    commits: ahead.subjects.length,
    remote: ahead.remote.name,
    address: ahead.remote.address,
    pushed: false,
  };
}
