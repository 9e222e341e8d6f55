/**
 * What started a job of Gitea Actions or Forgejo Actions: an event file in GitHub's form. A review's event is called
 * pull_request_review or, by its outcome, pull_request_review_approved; both have the pull request. Only numbers and ids
 * are used, never a text.
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
const push = z.object({ ref: z.string(), before: id, after: id });
const repository = z.object({ repository: z.object({ default_branch: z.string().min(1) }).optional() });

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const event = readJson(env['GITHUB_EVENT_PATH']);
  const sends = `Gitea or Forgejo sends for ${name}`;
  if (/^pull_request(?:_|$)/.test(name)) {
    const { pull_request: pull } = shaped(pullRequest, event, sends);
    return { kind: 'change', number: pull.number, head: pull.head.sha, statusOf: pull.head.sha, queued: false };
  }
  if (name === 'push') return branchPush(shaped(push, event, sends));
  throw new CiError(
    `A job started by ${JSON.stringify(name)} has no pull request to decide on. Start it on pull_request, pull_request_review or push.`,
  );
}

/** These forges have no deployments: the commit that the job runs on is deployed. Throws a {@link CiError}. */
export const readDeploymentEvent = (env: Environment): DeploymentEvent => ({
  environment: null,
  commit: commitIn(env, 'GITHUB_SHA'),
  actor: wordOf(env, 'GITHUB_ACTOR') ?? null,
  defaultBranch:
    shaped(repository, readJson(env['GITHUB_EVENT_PATH']), 'Gitea or Forgejo sends').repository?.default_branch ?? null,
});
