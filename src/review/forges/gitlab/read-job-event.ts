/**
 * What started a job of GitLab CI: its variables (docs.gitlab.com/ci/variables/predefined_variables). Only numbers and
 * ids are used, never a text.
 */
import { commitIdSchema as id, commitIn, numberIn } from '../client-parts';
import {
  CiError,
  wordOf,
  type CiEvent,
  type DeploymentEvent,
  type Environment,
} from '../client-parts/ci-events-and-variables';

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  const commit = commitIn(env, 'CI_COMMIT_SHA');
  if (env['CI_PIPELINE_SOURCE'] === 'merge_request_event' && env['CI_MERGE_REQUEST_IID'] !== undefined) {
    const number = numberIn(env, 'CI_MERGE_REQUEST_IID', 'merge request');
    // In a pipeline of merged results, and in a train, CI_COMMIT_SHA is a merge that GitLab made.
    const source = id.safeParse(env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']).data;
    const type = wordOf(env, 'CI_MERGE_REQUEST_EVENT_TYPE') ?? 'detached';
    const head = source ?? (type === 'detached' ? commit : null);
    return { kind: 'change', number, head, statusOf: head, queued: type === 'merge_train' };
  }
  if (env['CI_PIPELINE_SOURCE'] === 'push' && env['CI_COMMIT_BRANCH'] !== undefined) {
    const before = id.safeParse(env['CI_COMMIT_BEFORE_SHA']);
    return {
      kind: 'push',
      branch: env['CI_COMMIT_BRANCH'],
      before: before.success && !/^0+$/.test(before.data) ? before.data : null,
      after: commit,
    };
  }
  throw new CiError(
    'This pipeline has no merge request to decide on. In .gitlab-ci.yml: rules: [{ if: "$CI_PIPELINE_SOURCE == \'merge_request_event\'" }]',
  );
}

/** Throws a {@link CiError}. */
export const readDeploymentEvent = (env: Environment): DeploymentEvent => ({
  environment: wordOf(env, 'CI_ENVIRONMENT_NAME') ?? null,
  commit: commitIn(env, 'CI_COMMIT_SHA'),
  actor: wordOf(env, 'GITLAB_USER_LOGIN') ?? null,
  defaultBranch: wordOf(env, 'CI_DEFAULT_BRANCH') ?? null,
});
