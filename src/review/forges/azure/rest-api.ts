/** Azure DevOps Services and Server, through their REST API of version 7.1. */
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
  unlessGone,
  withoutUser,
  type ForgeApi,
  type ForgeChange,
  type Patience,
  type Transport,
  type Written,
} from '../client-parts';
import { listOf, VERSION } from './api-version-and-lists';
import { resolveTeams } from './resolve-teams';
import {
  accountName,
  approvalsOf,
  identitySchema,
  iterationSchema,
  reviewerSchema,
  threadSchema,
} from './approvals-from-answers';

export interface AzureOptions {
  /** Of the organization or collection, such as `https://dev.azure.com/acme`. */
  readonly address: string;
  /** The value of the header that signs in. */
  readonly authorization: string;
  readonly project: string;
  /** Its number or name. */
  readonly repository: string;
  readonly patience?: Partial<Patience>;
}

const BRANCH = 'refs/heads/';
const branch = z.string().startsWith(BRANCH);

const pullSchema = z.object({
  pullRequestId: z.int(),
  createdBy: identitySchema,
  isDraft: z.boolean().nullish(),
  sourceRefName: branch,
  targetRefName: branch,
  lastMergeSourceCommit: z.object({ commitId: commitIdSchema }).nullish(),
  forkSource: z.object({ repository: z.object({ remoteUrl: z.string().nullish() }).nullish() }).nullish(),
  reviewers: z.array(reviewerSchema).nullish(),
});
const repositorySchema = z.object({ defaultBranch: branch.nullish() });
const labelsSchema = z.array(z.object({ name: z.string(), active: z.boolean().nullish() }));

const REPOSITORY = '/{project}/_apis/git/repositories/{repositoryId}';
const PULL = `${REPOSITORY}/pullRequests/{pullRequestId}`;

export const reach = ({ address, authorization, project, repository, patience }: AzureOptions): Reached => ({
  server: refusingPages(
    transportTo({ address, header: ['authorization', authorization], ...(patience && { patience }) }),
  ),
  here: { project, repositoryId: repository },
});

interface Reached {
  readonly server: Transport;
  readonly here: Readonly<Record<'project' | 'repositoryId', string>>;
}

export function azure(options: AzureOptions): ForgeApi {
  const { server, here } = reach(options);
  const of = (number: number): typeof here & { readonly pullRequestId: number } => ({ ...here, pullRequestId: number });
  return {
    kind: 'azure',
    host: server.host,
    requests: server.requests,
    change: (number) => readChange(server, here, number),
    async target(number) {
      const [pull, repository] = await Promise.all([
        server.ask(`GET ${REPOSITORY}/pullrequests/{pullRequestId}${VERSION}`, of(number)),
        server.ask(`GET ${REPOSITORY}${VERSION}`, here),
      ]);
      const { targetRefName, lastMergeSourceCommit } = answerOf(pullSchema, pull, server.host);
      const { defaultBranch } = answerOf(repositorySchema, repository, server.host);
      return {
        ...(lastMergeSourceCommit && { head: lastMergeSourceCommit.commitId }),
        base: targetRefName.slice(BRANCH.length),
        defaultBranch: defaultBranch?.slice(BRANCH.length) ?? null,
      };
    },
    teams: (names) => resolveTeams(server, names),
    async comment(number, marker, text): Promise<Written> {
      const threads = listOf(threadSchema, await server.ask(`GET ${PULL}/threads${VERSION}`, of(number)), server.host);
      const candidates = threads.flatMap(({ id: threadId, comments, isDeleted }) => {
        const first = comments?.[0];
        return first === undefined ||
          isDeleted === true ||
          first.isDeleted === true ||
          !isOwnComment(first.content ?? '', marker)
          ? []
          : [{ threadId, commentId: first.id, text: first.content ?? '' }];
      });
      const done = await changeOwn(candidates, text, ({ threadId, commentId }) =>
        server.ask(`PATCH ${PULL}/threads/{threadId}/comments/{commentId}${VERSION}`, {
          ...of(number),
          threadId,
          commentId,
          content: text,
        }),
      );
      return (
        done ??
        permitted(() =>
          server.ask(`POST ${PULL}/threads${VERSION}`, {
            ...of(number),
            comments: [{ parentCommentId: 0, commentType: 'text', content: text }],
            status: 'closed', // an open thread may keep a pull request from being completed
          }),
        )
      );
    },
    async label(number, { add, remove }): Promise<Written> {
      if (add.length + remove.length === 0) return 'unchanged';
      return permitted(async () => {
        for (const name of add) await server.ask(`POST ${PULL}/labels${VERSION}`, { ...of(number), name });
        for (const name of remove)
          await server
            .ask(`DELETE ${PULL}/labels/{labelIdOrName}${VERSION}`, { ...of(number), labelIdOrName: name })
            .catch(unlessGone);
      });
    },
    async status(commit, { context, passed, text, change }): Promise<Written> {
      const state = {
        state: passed ? 'succeeded' : 'failed',
        description: truncateText(text, 200),
        context: { genre: 'linekeeper', name: context },
      };
      const iteration = (await iterationsOf(server, of(change))).findLast(
        (one) => one.sourceRefCommit?.commitId.toLowerCase() === commit,
      );
      return permitted(async () => {
        // With the iteration, so that it is no answer for what is pushed later.
        if (iteration !== undefined)
          await server.ask(`POST ${PULL}/statuses${VERSION}`, { ...of(change), ...state, iterationId: iteration.id });
        await server.ask(`POST ${REPOSITORY}/commits/{commitId}/statuses${VERSION}`, {
          ...here,
          commitId: commit,
          ...state,
        });
      });
    },
  };
}

type Here = Readonly<Record<'project' | 'repositoryId', string>>;

const iterationsOf = async (
  server: Transport,
  where: Here & { readonly pullRequestId: number },
): Promise<readonly z.infer<typeof iterationSchema>[]> =>
  listOf(iterationSchema, await server.ask(`GET ${PULL}/iterations${VERSION}`, where), server.host);

async function readChange(server: Transport, here: Here, number: number): Promise<ForgeChange> {
  const where = { ...here, pullRequestId: number };
  const [pull, repository, iterations, threads, labels] = await Promise.all([
    server.ask(`GET ${REPOSITORY}/pullrequests/{pullRequestId}${VERSION}`, where),
    server.ask(`GET ${REPOSITORY}${VERSION}`, here),
    iterationsOf(server, where),
    server.ask(`GET ${PULL}/threads${VERSION}`, where),
    server.ask(`GET ${PULL}/labels${VERSION}`, where),
  ]);
  const {
    createdBy,
    isDraft,
    sourceRefName,
    targetRefName,
    lastMergeSourceCommit: head,
    forkSource,
    reviewers,
  } = answerOf(pullSchema, pull, server.host);
  if (head === null || head === undefined)
    throw new ForgeError('answer', `${server.host} does not say which commit pull request ${String(number)} is at.`);
  const reviews = approvalsOf({
    reviewers: reviewers ?? [],
    iterations,
    threads: listOf(threadSchema, threads, server.host),
  });
  const { defaultBranch } = answerOf(repositorySchema, repository, server.host);
  const fork = forkSource !== undefined && forkSource !== null;
  const address = forkSource?.repository?.remoteUrl;
  return {
    number,
    opener: accountName(createdBy),
    head: head.commitId,
    // A fork's branch is not in this repository: its commits are below the merge that Azure makes.
    headRef: fork ? `refs/pull/${String(number)}/merge` : sourceRefName,
    base: targetRefName.slice(BRANCH.length),
    defaultBranch: defaultBranch?.slice(BRANCH.length) ?? null,
    draft: isDraft === true,
    fork,
    ...(typeof address === 'string' && { forkAddress: withoutUser(address) }),
    labels: listOf(labelsSchema.element, labels, server.host)
      .filter(({ active }) => active !== false)
      .map(({ name }) => name),
    approvals: reviews.approvals,
    addresses: {}, // accounts are addresses
    notices: reviews.notices,
  };
}

/** Azure answers a token that it does not accept with a page for signing in, as if all were well. */
function refusingPages(server: Transport): Transport {
  return {
    ...server,
    async ask(route, values) {
      const answer = await server.ask(route, values);
      if (typeof answer !== 'string' || answer === '') return answer;
      throw new ForgeError(
        'not-allowed',
        `${server.host} does not accept the token. Check that it is set and has not expired.`,
      );
    },
  };
}
