/** The door of forges: where a remote's web pages are, what runs the gate there, and what asks it (loaded on demand). */
export { askForge } from './probe-server-for-forge';
export { ReviewError, type ReviewProblem } from './review-page-error';
export type { Forge, ForgeId, ForgeJobs, JobProgram, PullRequest, Workflow, WorkflowFacts } from './forge-interface';
export { FORGE_IDS, forgeNamed, forgeOf, FORGES, isForgeId } from './forges';
export { pullRequestsAt, requestsAt } from './pull-requests-with-token';
export { connectForge, forgeOfJob, readDeploymentEvent, readEvent, withJobs } from './forge-of-job';
export { CiError, type ChangeEvent, type Environment, type PushEvent } from './client-parts/ci-events-and-variables';
export { parseRemote, type Remote } from './parse-remote';
