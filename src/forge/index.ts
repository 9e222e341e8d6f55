/** The door of forges: where a remote's web pages are, and the addresses that open a prefilled request there. */
export { ReviewError, type ReviewProblem } from './error';
export { FORGE_IDS, type Forge, type ForgeId, type PullRequest } from './links/forge';
export { FORGES, forgeOf, isForgeId } from './links/registry';
export { parseRemote, type Remote } from './remote';
