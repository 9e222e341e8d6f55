/**
 * What started a job of Bitbucket Pipelines: its variables
 * (support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets). Only numbers and ids are used, and the branch of a
 * push.
 */
import { commitIn, numberIn } from '../client-parts';
import {
  CiError,
  wordOf,
  type CiEvent,
  type DeploymentEvent,
  type Environment,
} from '../client-parts/ci-events-and-variables';

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  const commit = commitIn(env, 'BITBUCKET_COMMIT');
  if (wordOf(env, 'BITBUCKET_PR_ID') !== undefined)
    return {
      kind: 'change',
      number: numberIn(env, 'BITBUCKET_PR_ID', 'pull request'),
      head: commit,
      statusOf: commit,
      queued: false,
    };
  const branch = wordOf(env, 'BITBUCKET_BRANCH');
  if (branch !== undefined) return { kind: 'push', branch, before: null, after: commit };
  throw new CiError(
    'This pipeline has no pull request to decide on. In bitbucket-pipelines.yml, the step is below pipelines: pull-requests.',
  );
}

/** Throws a {@link CiError}. */
export const readDeploymentEvent = (env: Environment): DeploymentEvent => ({
  environment: wordOf(env, 'BITBUCKET_DEPLOYMENT_ENVIRONMENT') ?? null,
  commit: commitIn(env, 'BITBUCKET_COMMIT'),
  actor: null, // only known by a number that the policy can't have
  defaultBranch: null,
});
