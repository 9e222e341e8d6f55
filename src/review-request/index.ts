/**
 * The door to asking for a review: the branch as git knows it, the gate's decision on its commits, and the pull request
 * made of both. Command line and editor call this one function. Loads YAML and a schema library: not for hooks.
 */
import { decideRange } from './decide-range';
export { blame } from '../gate';
import type { Repository } from '../git';
import { findBranch, prepareReview, type BranchFacts, type ForgeId, type PreparedReview, type ReviewInput } from '../review';

export interface ReviewRequest {
  readonly repository: Repository;
  /** Branch to merge into; default is the remote's own default branch, else `main` or `master`. */
  readonly base?: string | undefined;
  /** Default: told from the remote's address. */
  readonly forge?: ForgeId | undefined;
  readonly wholeText: ReviewInput['wholeText'];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface RequestedReview {
  readonly branch: BranchFacts;
  readonly review: PreparedReview;
  /** What people must know beside it, as sentences. */
  readonly notices: readonly string[];
}

/** Prepares it; nothing is pushed, opened or sent. Throws a ReviewError, a GateError or a GitError, whose messages are for people. */
export async function requestReview({ repository, base, forge, wholeText, now }: ReviewRequest): Promise<RequestedReview> {
  const branch = await findBranch(repository.root, base);
  const { notices, blast, ...range } = await decideRange(repository, branch.baseRef, now);
  return { branch, review: prepareReview({ ...branch, ...range, blast: await blast(), ...(forge && { forge }), wholeText }), notices };
}
export { branchStanding, type BranchStanding, type BranchTier } from './branch-standing';
export { reviewBase, type ReviewBase } from './base';
