/** Gitea and Forgejo, through their API of version 1. */
import { z } from 'zod';
import {
  addressesOf,
  answerOf,
  forkOf,
  pullHeadSchema,
  openerGone,
  isOwnComment,
  permitted,
  truncateText,
  transportTo,
  twoPartsOf,
  type ForgeApi,
  type ForgeChange,
  type RequestPlace,
  type Transport,
  type Written,
} from '../client-parts';
import { setLabels } from './set-labels';
import { readAll } from './read-pages';
import { accountName, accountSchema, approvalsOf, reviewSchema } from './approvals-from-answers';
import { readChecks } from './read-checks';
import { resolveTeams } from './resolve-teams';

/** `address`: for example `https://gitea.com/api/v1`. `repository`: `owner/name`. */
export interface GiteaOptions extends RequestPlace {
  /** For teams only, which a job's own token may not read. Default: `token`. */
  readonly teamToken?: string | undefined;
}

const pullSchema = z.object({
  number: z.int(),
  draft: z.boolean().optional(),
  user: accountSchema.nullable(),
  head: pullHeadSchema,
  base: z.object({
    ref: z.string().min(1),
    repo: z.object({ full_name: z.string(), default_branch: z.string().optional() }),
  }),
  labels: z.array(z.object({ name: z.string() })).nullish(),
});

const commitsSchema = z.array(
  z.object({
    sha: z.string(),
    commit: z.object({
      author: z.object({ email: z.string().optional() }).nullish(),
      committer: z.object({ email: z.string().optional() }).nullish(),
    }),
    author: z.object({ login: z.string().optional() }).nullish(),
    committer: z.object({ login: z.string().optional() }).nullish(),
  }),
);

const commentsSchema = z.array(z.object({ id: z.int(), body: z.string(), user: accountSchema.nullish() }));

type Here = Readonly<Record<'owner' | 'repo', string>>;

/** How a repository is reached. Throws a {@link ForgeError} when it is not clear which one is meant. */
export function reach({ address, token, repository, patience }: GiteaOptions): {
  readonly server: Transport;
  readonly here: Here;
} {
  const [owner, repo] = twoPartsOf(
    repository,
    'Which repository is meant is not clear: GITHUB_REPOSITORY is such as OWNER/NAME.',
  );
  return {
    server: transportTo({ address, header: ['authorization', `token ${token}`], ...(patience && { patience }) }),
    here: { owner, repo },
  };
}

export function gitea(options: GiteaOptions): ForgeApi {
  const { teamToken, kind } = options;
  const { server, here } = reach(options);
  const members = teamToken === undefined ? server : reach({ ...options, token: teamToken }).server;
  return {
    kind,
    host: server.host,
    requests: () => server.requests() + (members === server ? 0 : members.requests()),
    change: (number) => readChange(server, here, number),
    async target(number) {
      const pull = await server.ask('GET /repos/{owner}/{repo}/pulls/{index}', { ...here, index: number });
      const { head, base } = answerOf(pullSchema, pull, server.host);
      return { head: head.sha, base: base.ref, defaultBranch: base.repo.default_branch ?? null };
    },
    teams: (names) => resolveTeams(members, names),
    checks: (commit) => readChecks(server, here, commit),
    async comment(number, marker, text): Promise<Written> {
      const [me, comments] = await Promise.all([
        server.ask('GET /user', {}),
        // has no pages
        server.ask('GET /repos/{owner}/{repo}/issues/{index}/comments', { ...here, index: number }),
      ]);
      const account = answerOf(accountSchema, me, server.host).id;
      // Anybody can write the marker.
      const ours = answerOf(commentsSchema, comments, server.host).find(
        (one) => one.user?.id === account && isOwnComment(one.body, marker),
      );
      if (ours?.body === text) return 'unchanged';
      return permitted(() =>
        ours === undefined
          ? server.ask('POST /repos/{owner}/{repo}/issues/{index}/comments', { ...here, index: number, body: text })
          : server.ask('PATCH /repos/{owner}/{repo}/issues/comments/{id}', { ...here, id: ours.id, body: text }),
      );
    },
    label: async (number, change) =>
      change.add.length + change.remove.length === 0
        ? 'unchanged'
        : permitted(() => setLabels(server, here, number, change)),
    status: (commit, { context, passed, text }) =>
      permitted(() =>
        server.ask('POST /repos/{owner}/{repo}/statuses/{sha}', {
          ...here,
          sha: commit,
          context,
          state: passed ? 'success' : 'failure',
          description: truncateText(text, 140),
        }),
      ),
  };
}

async function readChange(server: Transport, here: Here, number: number): Promise<ForgeChange> {
  const where = { ...here, index: number };
  const [pull, reviews, commits] = await Promise.all([
    server.ask('GET /repos/{owner}/{repo}/pulls/{index}', where),
    readAll(server, 'GET /repos/{owner}/{repo}/pulls/{index}/reviews', where),
    readAll(server, 'GET /repos/{owner}/{repo}/pulls/{index}/commits', where),
  ]);
  const { user: opener, head, base, draft, labels } = answerOf(pullSchema, pull, server.host);
  if (opener === null || opener.id === -1) throw openerGone(number);
  const { approvals, notices } = approvalsOf(answerOf(z.array(reviewSchema), reviews, server.host));
  return {
    number,
    opener: accountName(opener),
    head: head.sha,
    headRef: `refs/pull/${String(number)}/head`,
    base: base.ref,
    defaultBranch: base.repo.default_branch ?? null,
    draft: draft === true,
    ...forkOf(head, base.repo.full_name),
    labels: (labels ?? []).map(({ name }) => name),
    approvals,
    addresses: addressesOf(answerOf(commitsSchema, commits, server.host)),
    notices,
  };
}
