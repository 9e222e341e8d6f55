/**
 * What started a job of GitHub Actions: its event file
 * (docs.github.com/actions/reference/events-that-trigger-workflows). Only numbers and ids are used, never a text.
 */
import { z } from 'zod';
import { commitIdSchema as id, commitIn, readJson, shaped } from '../client-parts';
import {
  branchPush,
  CiError,
  wordOf,
  type CiEvent,
  type DeploymentEvent,
  type Environment,
} from '../client-parts/ci-events-and-variables';

const number = z.int().min(1);

const pullRequest = z.object({ pull_request: z.object({ number, head: z.object({ sha: id }) }) });
const mergeGroup = z.object({ merge_group: z.object({ head_sha: id, head_ref: z.string(), base_sha: id }) });
const push = z.object({ ref: z.string(), before: id, after: id, deleted: z.boolean().optional() });

const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_target'];

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const event = readJson(env['GITHUB_EVENT_PATH']);
  const sends = `GitHub sends for ${name}`;
  if (PULL_REQUEST_EVENTS.includes(name)) {
    const { pull_request: pull } = shaped(pullRequest, event, sends);
    return { kind: 'change', number: pull.number, head: pull.head.sha, statusOf: pull.head.sha, queued: false };
  }
  if (name === 'merge_group') {
    const { merge_group: group } = shaped(mergeGroup, event, sends);
    const found = /^refs\/heads\/gh-readonly-queue\/.+\/pr-([1-9]\d{0,9})-[0-9a-f]{40,64}$/.exec(group.head_ref)?.[1];
    if (found === undefined)
      throw new CiError("Which pull request the merge queue asks about isn't clear from its branch.");
    return {
      kind: 'change',
      number: Number(found),
      head: null,
      statusOf: group.head_sha,
      queued: true,
      queuedOn: group.base_sha,
    };
  }
  if (name === 'push') return branchPush(shaped(push, event, sends));
  throw new CiError(
    `A job started by ${JSON.stringify(name)} has no pull request to decide on. Start it on pull_request, pull_request_review, merge_group or push.`,
  );
}

const repository = z.object({ default_branch: z.string().min(1) });
const deploymentSchema = z.object({
  deployment: z.object({
    sha: id,
    environment: z.string().min(1),
    creator: z.object({ login: z.string().min(1) }).nullish(),
  }),
  repository,
});
const otherSchema = z.object({ repository: repository.optional() });

const DEPLOYMENT_EVENTS: readonly string[] = ['deployment', 'deployment_status'];

/** GitHub's `deployment` event, or any other with the commit that the job runs on. Throws a {@link CiError}. */
export function readDeploymentEvent(env: Environment): DeploymentEvent {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const event = readJson(env['GITHUB_EVENT_PATH']);
  const sends = `GitHub sends for ${name}`;
  if (DEPLOYMENT_EVENTS.includes(name)) {
    const { deployment, repository: where } = shaped(deploymentSchema, event, sends);
    return {
      environment: deployment.environment,
      commit: deployment.sha,
      actor: deployment.creator?.login ?? wordOf(env, 'GITHUB_ACTOR') ?? null,
      defaultBranch: where.default_branch,
    };
  }
  return {
    environment: null,
    commit: commitIn(env, 'GITHUB_SHA'),
    actor: wordOf(env, 'GITHUB_ACTOR') ?? null,
    defaultBranch: shaped(otherSchema, event, sends).repository?.default_branch ?? null,
  };
}
