/**
 * The door to what all forges' clients share: requests, their answers, and what is asked of a forge. A bundle of its own
 * (dist/forge-api.js): it uses the network, and only commands that need it load it.
 */
export { addressOf, isLoopback } from './may-send-token-to';
export { answerOf } from './validate-answer';
export { addressesOf } from './addresses-of-logins';
export { PAGE, readPages, timeOf, type Asked } from './read-deployment-pages';
export { forkOf, pullHeadSchema, withoutUser } from './pull-request-head';
export { commitIdSchema, commitIn, numberIn, readJson, shaped } from './read-event-file-and-variables';
export { changeOwn, isOwnComment } from './own-pull-request-comment';
export { permitted, readable, unlessGone } from './tolerate-refusal';
export { resolveEach } from './resolve-each-team';
export {
  type CheckState,
  type ForgeApi,
  type ForgeChange,
  type ForgeDeployment,
  type ForgeDeployments,
  type GivenReviews,
  type ResolvedTeams,
  type Written,
} from './forge-api-interface';
export { ForgeError, openerGone } from './forge-error';
export { twoPartsOf } from './split-repository-name';
export { truncateText } from './truncate-text';
export { transportTo, type Patience, type Transport } from './rest-transport';
export type { ForgeClient } from './forge-client-interface';
export type {
  Additions,
  OpenRequest,
  PullRequests,
  RequestApi,
  RequestOptions,
  RequestPlace,
  SentRequest,
} from './pull-requests-interface';
