/**
 * What started a job: GitHub's event file (docs.github.com/actions/reference/events-that-trigger-workflows) or GitLab's
 * variables (docs.gitlab.com/ci/variables/predefined_variables). Only numbers and ids are used, never a text: anybody
 * may choose titles and branch names.
 */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { CiError, type CiEvent, type Environment } from './types';

const LARGEST = 32 * 1024 * 1024;

/** Schema of a full commit id. */
export const commitIdSchema = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const id = commitIdSchema;
const number = z.int().min(1);

const pullRequest = z.object({ pull_request: z.object({ number, head: z.object({ sha: id }) }) });
const mergeGroup = z.object({ merge_group: z.object({ head_sha: id, head_ref: z.string() }) });
const push = z.object({ ref: z.string(), before: id, after: id, deleted: z.boolean().optional() });

const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_target'];

/** Throws a {@link CiError} when this is not a job in which anything can be decided. */
export function readEvent(env: Environment): CiEvent {
  if (env['GITHUB_EVENT_NAME'] !== undefined) return gitHubEvent(env['GITHUB_EVENT_NAME'], env);
  if (env['GITLAB_CI'] !== undefined) return gitLabEvent(env);
  throw new CiError(
    'This is no job of GitHub Actions or GitLab CI, so what to decide on is not known. Elsewhere, "linekeeper check --base B --head H --actor LOGIN --approvals FILE" decides.',
  );
}

function gitHubEvent(name: string, env: Environment): CiEvent {
  const event = readJson(env['GITHUB_EVENT_PATH']);
  if (PULL_REQUEST_EVENTS.includes(name)) {
    const { pull_request: pull } = shaped(pullRequest, event, name);
    return { kind: 'change', number: pull.number, head: pull.head.sha, statusOf: pull.head.sha, queued: false };
  }
  if (name === 'merge_group') {
    const { merge_group: group } = shaped(mergeGroup, event, name);
    const found = /^refs\/heads\/gh-readonly-queue\/.+\/pr-([1-9]\d{0,9})-[0-9a-f]{40,64}$/.exec(group.head_ref)?.[1];
    if (found === undefined)
      throw new CiError("Which pull request the merge queue asks about isn't clear from its branch.");
    return { kind: 'change', number: Number(found), head: null, statusOf: group.head_sha, queued: true };
  }
  if (name === 'push') {
    const { ref, before, after, deleted } = shaped(push, event, name);
    if (!ref.startsWith('refs/heads/') || deleted === true)
      throw new CiError(
        'This push is none to a branch, so there are no notes to repair. In the workflow: on: { push: { branches: [main] } }',
      );
    return {
      kind: 'push',
      branch: ref.slice('refs/heads/'.length),
      before: /^0+$/.test(before) ? null : before,
      after,
    };
  }
  throw new CiError(
    `A job started by ${JSON.stringify(name)} has no pull request to decide on. Start it on pull_request, pull_request_review, merge_group or push.`,
  );
}

function gitLabEvent(env: Environment): CiEvent {
  const commit = id.safeParse(env['CI_COMMIT_SHA']);
  if (!commit.success) throw new CiError('CI_COMMIT_SHA is no id of a commit.');
  const iid = env['CI_MERGE_REQUEST_IID'];
  if (env['CI_PIPELINE_SOURCE'] === 'merge_request_event' && iid !== undefined) {
    if (!/^[1-9]\d{0,9}$/.test(iid)) throw new CiError('CI_MERGE_REQUEST_IID is no number of a merge request.');
    // In a pipeline of merged results, CI_COMMIT_SHA is a merge that GitLab made.
    const source = id.safeParse(env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']);
    const train = env['CI_MERGE_REQUEST_EVENT_TYPE'] === 'merge_train';
    return {
      kind: 'change',
      number: Number(iid),
      head: train ? null : (source.data ?? commit.data),
      statusOf: source.data ?? commit.data,
      queued: train,
    };
  }
  if (env['CI_PIPELINE_SOURCE'] === 'push' && env['CI_COMMIT_BRANCH'] !== undefined) {
    const before = id.safeParse(env['CI_COMMIT_BEFORE_SHA']);
    return {
      kind: 'push',
      branch: env['CI_COMMIT_BRANCH'],
      before: before.success && !/^0+$/.test(before.data) ? before.data : null,
      after: commit.data,
    };
  }
  throw new CiError(
    'This pipeline has no merge request to decide on. In .gitlab-ci.yml: rules: [{ if: "$CI_PIPELINE_SOURCE == \'merge_request_event\'" }]',
  );
}

/** The content of the event file. Throws a {@link CiError}. */
export function readJson(file: string | undefined): unknown {
  if (file === undefined || file === '')
    throw new CiError('GITHUB_EVENT_PATH is not set, so what started this job is not known.');
  try {
    if (statSync(file).size > LARGEST) throw new CiError('The file of GITHUB_EVENT_PATH is too large.');
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof CiError) throw error;
    throw new CiError("The file of GITHUB_EVENT_PATH can't be read, so what started this job is not known.");
  }
}

/** The event in the expected shape. Throws a {@link CiError}. */
export function shaped<T>(schema: z.ZodType<T>, event: unknown, name: string): T {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new CiError(
    `The event file is not what GitHub sends for ${name} (${parsed.error.issues[0]?.path.map(String).join('.') ?? ''}).`,
  );
}
