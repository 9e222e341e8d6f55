/**
 * How the current work compares with the branch that it would be reviewed for, even before it has a branch of its own.
 */
import type { Repository } from '../../git';
import { findAhead, findBranch, locateForge, noRemote, type KnownForge } from '../pull-request';
import { ReviewError } from '../forges';

export interface ReviewBase {
  /** Checked-out branch; null for none. */
  readonly branch: string | null;
  readonly base: string;
  readonly onBase: boolean;
  /** Commits that the base lacks. */
  readonly commits: number;
  readonly remote: string;
  /** The remote's address as printed by git; it may contain a password. */
  readonly address: string;
  /** The remote has all commits of the branch. */
  readonly pushed: boolean;
}

/**
 * Throws a {@link ReviewError} when a review can't be requested in any case: no remote, one that is not a forge, or no
 * known base.
 */
export async function reviewBase(repository: Repository, known?: KnownForge): Promise<ReviewBase> {
  const { root } = repository;
  const ahead = await findAhead(root);
  try {
    const branch = await findBranch(root);
    await locateForge(repository, branch.remote, known);
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
    // Without a branch or without commits of its own: an earlier step of the request creates them.
    if (!(error instanceof ReviewError) || !['no-branch', 'no-commits'].includes(error.reason)) throw error;
  }
  if (ahead?.remote === null) throw noRemote('This repository has no remote');
  if (ahead === undefined)
    throw new ReviewError('no-base', 'The target branch is not known here. Fetch it first: git fetch');
  await locateForge(repository, ahead.remote, known);
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
