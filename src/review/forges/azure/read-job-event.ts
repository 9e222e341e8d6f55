/**
 * What started a job of Azure Pipelines: its variables
 * (learn.microsoft.com/azure/devops/pipelines/build/variables). Only numbers and ids are used, and the branch of a push.
 */
import { commitIn, numberIn } from '../client-parts';
import {
  CiError,
  wordOf,
  type CiEvent,
  type DeploymentEvent,
  type Environment,
} from '../client-parts/ci-events-and-variables';

const PUSHES: readonly (string | undefined)[] = ['IndividualCI', 'BatchedCI'];
const BRANCH = 'refs/heads/';

/** Azure Pipelines also builds repositories of other forges, whose reviews are not here. Throws a {@link CiError}. */
export function refuseOtherForges(env: Environment): void {
  const provider = wordOf(env, 'BUILD_REPOSITORY_PROVIDER');
  if (provider !== undefined && provider !== 'TfsGit')
    throw new CiError(
      `This pipeline builds a repository of ${JSON.stringify(provider)}, and Linekeeper reads approvals here only from Azure Repos. Run the check in a job of that Git host, or decide with "linekeeper check --base B --head H --actor LOGIN --approvals FILE".`,
    );
}

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  refuseOtherForges(env);
  if (env['BUILD_REASON'] === 'PullRequest') {
    const number = numberIn(env, 'SYSTEM_PULLREQUEST_PULLREQUESTID', 'pull request');
    // BUILD_SOURCEVERSION is a merge that Azure made.
    const head = commitIn(env, 'SYSTEM_PULLREQUEST_SOURCECOMMITID');
    return { kind: 'change', number, head, statusOf: head, queued: false };
  }
  const ref = env['BUILD_SOURCEBRANCH'] ?? '';
  if (PUSHES.includes(env['BUILD_REASON']) && ref.startsWith(BRANCH))
    return {
      kind: 'push',
      branch: ref.slice(BRANCH.length),
      before: null,
      after: commitIn(env, 'BUILD_SOURCEVERSION'),
    };
  throw new CiError(
    'This run has no pull request to decide on. Make it a build validation policy of the target branch: then it runs for each pull request.',
  );
}

/** Throws a {@link CiError}. */
export const readDeploymentEvent = (env: Environment): DeploymentEvent => ({
  environment: wordOf(env, 'ENVIRONMENT_NAME') ?? null,
  commit: commitIn(env, 'BUILD_SOURCEVERSION'),
  actor: wordOf(env, 'BUILD_REQUESTEDFOREMAIL') ?? null,
  defaultBranch: null,
});
