/** The door of forges: where a remote's web pages are, what runs the gate there, and what asks it (loaded on demand). */
export { askForge } from './ask-which-forge';
export { ReviewError, type ReviewProblem } from './review-error';
export type { Forge, ForgeId, ForgeJobs, JobProgram, PullRequest, Workflow, WorkflowFacts } from './forge';
export {
  connectForge,
  FORGE_IDS,
  forgeNamed,
  forgeOf,
  forgeOfJob,
  FORGES,
  isForgeId,
  readDeploymentEvent,
  readEvent,
  pullRequestsAt,
  requestsAt,
  withJobs,
} from './forges';
export { CiError, type ChangeEvent, type Environment, type PushEvent } from './client-parts/ci-job';
export { parseRemote, type Remote } from './parse-remote';
