/** The door to requesting a review, and to reading one. Loads YAML and a schema library: not for hooks. */
export { type RequestedReview, requestReview } from './prepare-review-request';
export { branchStanding, type BranchStanding, type BranchTier } from './open-requirements-of-branch';
export { reviewBase, type ReviewBase } from './branch-base-and-remote';
export { reviewRange } from './range-of-checked-out-branch';
export { reviewToRead, type HunkRun, type ReviewHunk, type ReviewToRead } from './change-for-reviewer-in-editor';
export { signOffToGive, type SignOffToGive, type TierToSign } from './tiers-that-sign-off-would-cover';
export { blame, unknownReasonsOfCommit, workAsCounted } from '../gate';
