/** Bitbucket Data Center, through its REST API, from version 7.4 on. */
import { z } from 'zod';
import {
  answerOf,
  changeOwn,
  commitIdSchema,
  ForgeError,
  isOwnComment,
  permitted,
  truncateText,
  transportTo,
  twoPartsOf,
  withoutUser,
  type ForgeApi,
  type ForgeChange,
  type RequestPlace,
  type Transport,
  type Written,
} from '../client-parts';
import { encodePath } from '../percent-encode';
import { readAll } from './read-pages';
import { accountName, approvalsOf, reviewerSchema, userSchema } from './approvals-from-answers';

/** `address`: of its pages, possibly with a context path. `repository`: `KEY/name`, or `~person/name`. */
export type ServerOptions = Omit<RequestPlace, 'kind'>;

export const REPOSITORY = '/api/latest/projects/{projectKey}/repos/{repositorySlug}';
const PULL = `${REPOSITORY}/pull-requests/{pullRequestId}`;
/** Longest name and description of a build. */
const LONGEST = 255;

const refSchema = z.object({
  id: z.string().min(1),
  displayId: z.string().min(1),
  latestCommit: commitIdSchema,
  repository: z
    .object({
      id: z.int(),
      links: z.object({ clone: z.array(z.object({ name: z.string(), href: z.string() })).nullish() }).nullish(),
    })
    .nullish(),
});
const pullSchema = z.object({
  id: z.int(),
  draft: z.boolean().nullish(),
  author: z.object({ user: userSchema }).nullish(),
  participants: z.array(reviewerSchema.extend({ role: z.string().nullish() })).nullish(),
  reviewers: z.array(reviewerSchema).nullish(),
  fromRef: refSchema,
  toRef: refSchema,
});
const branchSchema = z.object({ displayId: z.string().min(1) });
const activitiesSchema = z.array(
  z.object({ action: z.string(), comment: z.object({ id: z.int(), version: z.int(), text: z.string() }).nullish() }),
);

/** Where a repository is. Throws a {@link ForgeError} when it is not clear which one is meant. */
export function placeOf(repository: string): Readonly<Record<'projectKey' | 'repositorySlug', string>> {
  const [projectKey, repositorySlug] = twoPartsOf(
    repository,
    'Which repository is meant is not clear: LINEKEEPER_BITBUCKET_REPOSITORY is such as KEY/NAME.',
  );
  return { projectKey, repositorySlug };
}

/** Requests to its API. */
export const transportOf = ({ address, token, patience }: Omit<ServerOptions, 'repository'>): Transport =>
  transportTo({
    address: `${address.replace(/\/+$/, '')}/rest`,
    header: ['authorization', `Bearer ${token}`],
    ...(patience && { patience }),
  });

export function bitbucketDc(options: ServerOptions): ForgeApi {
  const here = placeOf(options.repository);
  const server = transportOf(options);
  return {
    kind: 'bitbucket-dc',
    host: server.host,
    requests: server.requests,
    change: (number) => readChange(server, here, number),
    target: (number) => readChange(server, here, number), // asks for no more
    teams: (names) =>
      Promise.resolve({
        teams: {},
        notices: names.map(
          (name) =>
            `Who is in the group ${name} is not known here: Bitbucket shows it only to administrators. Name its people in the policy.`,
        ),
      }),
    async comment(number, marker, text): Promise<Written> {
      const where = { ...here, pullRequestId: number };
      const listed = await readAll(server, `GET ${PULL}/activities`, where);
      const candidates = answerOf(activitiesSchema, listed, server.host).flatMap(({ comment }) =>
        comment && isOwnComment(comment.text, marker) ? [comment] : [],
      );
      const done = await changeOwn(candidates, text, ({ id, version }) =>
        server.ask(`PUT ${PULL}/comments/{commentId}`, { ...where, commentId: id, version, text }),
      );
      return done ?? permitted(() => server.ask(`POST ${PULL}/comments`, { ...where, text }));
    },
    status: (commit, { context, passed, text, change }) =>
      permitted(() =>
        server.ask(`POST ${REPOSITORY}/commits/{commitId}/builds`, {
          ...here,
          commitId: commit,
          data: {
            key: truncateText(context, LONGEST),
            name: truncateText(context, LONGEST),
            state: passed ? 'SUCCESSFUL' : 'FAILED',
            description: truncateText(text, LONGEST),
            url: `${options.address.replace(/\/+$/, '')}/${encodePath(pageOf(here))}/pull-requests/${String(change)}/overview`,
          },
        }),
      ),
  };
}

/** The path of a repository's page. */
const pageOf = ({ projectKey, repositorySlug }: ReturnType<typeof placeOf>): string =>
  projectKey.startsWith('~')
    ? `users/${projectKey.slice(1)}/repos/${repositorySlug}`
    : `projects/${projectKey}/repos/${repositorySlug}`;

async function readChange(server: Transport, here: ReturnType<typeof placeOf>, number: number): Promise<ForgeChange> {
  const [pull, main] = await Promise.all([
    server.ask(`GET ${PULL}`, { ...here, pullRequestId: number }),
    server.ask(`GET ${REPOSITORY}/default-branch`, here).catch(noBranch),
  ]);
  const { author, draft, participants, reviewers, fromRef, toRef } = answerOf(pullSchema, pull, server.host);
  const opener = author?.user ?? participants?.find(({ role }) => role === 'AUTHOR')?.user;
  if (opener === undefined)
    throw new ForgeError('answer', `${server.host} does not say who opened pull request ${String(number)}.`);
  const others = (participants ?? []).filter(({ role }) => role !== 'AUTHOR');
  const reviews = approvalsOf([
    ...(reviewers ?? []),
    ...others.filter(({ user }) => !reviewers?.some((one) => one.user.name === user.name)),
  ]);
  const isFork = fromRef.repository?.id !== toRef.repository?.id;
  const address = fromRef.repository?.links?.clone?.find(({ name }) => name === 'http')?.href;
  return {
    number,
    opener: accountName(opener),
    head: fromRef.latestCommit,
    // A fork's branch is not in this repository, which has the commits under a name of its own.
    headRef: isFork ? `refs/pull-requests/${String(number)}/from` : `refs/heads/${fromRef.displayId}`,
    base: toRef.displayId,
    defaultBranch: main === undefined ? null : answerOf(branchSchema, main, server.host).displayId,
    draft: draft === true,
    fork: isFork,
    ...(isFork && address !== undefined && { forkAddress: withoutUser(address) }),
    labels: [],
    approvals: reviews.approvals,
    // Git's own name stands where an account's would, so which one it is can't be told.
    addresses: {},
    notices: reviews.notices,
  };
}

/** A repository without a default branch is no reason to decide nothing. */
function noBranch(error: unknown): undefined {
  if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
}
