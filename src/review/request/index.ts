/** The door to requesting a review, and to reading one. Loads YAML and a schema library: not for hooks. */
export { type RequestedReview, requestReview } from './prepare-review-request';
export { branchStanding, type BranchStanding, type BranchTier } from './open-requirements-of-branch';
export { reviewBase, type ReviewBase } from './commits-since-base';
export { reviewRange } from './checked-out-pull-request';
export { reviewToRead, type HunkRun, type ReviewHunk, type ReviewToRead } from './review-to-read';
export { signOffToGive, type SignOffToGive, type TierToSign } from './sign-off-to-give';
export { blame, unknownReasonsOfCommit, workAsCounted } from '../gate';
