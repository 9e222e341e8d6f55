/**
 * Requesting a review: the prefilled pull request, whom to ask, and who owns which file.
 */
export { findAhead, findBranch, type Ahead, type BranchFacts } from './branch';
export { codeownersIn, CODEOWNERS_PATHS, parseCodeowners, type OwnersOf } from './codeowners';
export { ReviewError, type ReviewProblem } from './error';
export { FORGE_IDS, type ForgeId } from './forges/forge';
export { isForgeId } from './forges/registry';
export { code, prose } from './escape-markdown';
export { labelsOf } from './description';
export { TEMPLATE_PATHS, withOurs } from './pull-request-template';
export { reviewPage, type ReviewPlace } from './review-page';
export type { Remote } from './remote';
export {
  askable,
  bodyToSend,
  checkForge,
  locateForge,
  LONGEST_ADDRESS,
  prepareReview,
  type KnownForge,
  type PreparedReview,
  type ReviewInput,
} from './pull-request';
export type { OpenRequests } from './reviewers';
