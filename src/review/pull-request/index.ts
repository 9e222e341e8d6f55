/**
 * Requesting a review: the prefilled pull request, whom to ask, and who owns which file.
 */
export { findAhead, findBranch, noRemote, type Ahead, type BranchFacts } from './branch-and-commits-ahead';
export { labelsOf } from './title-body-and-labels';
export { withOurs } from './pull-request-template';
export { isOffline, locateForge, whichForge, type KnownForge } from './locate-and-remember-forge-of-host';
export { reviewPage } from './review-page-address';
export {
  askable,
  bodyToSend,
  LONGEST_ADDRESS,
  prepareReview,
  type PreparedReview,
  type ReviewInput,
} from './prefilled-pull-request';
export type { OpenRequests } from './suggest-reviewers';
