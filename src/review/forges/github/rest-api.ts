/** GitHub: its cloud and GitHub Enterprise, through their REST API. */
import { z } from 'zod';
import {
  addressesOf,
  answerOf,
  forkOf,
  pullHeadSchema,
  type ForgeApi,
  type ForgeChange,
  ForgeError,
  openerGone,
  isOwnComment,
  type RequestPlace,
  permitted,
  readable,
  resolveEach,
  type ResolvedTeams,
  type Transport,
  truncateText,
  transportTo,
  twoPartsOf,
  unlessGone,
  type Written,
} from '../client-parts';
import { accountName, accountSchema, approvalsOf, refuseOthers, reviewSchema } from './approvals-from-answers';
import { readChecks } from './read-checks';
import { readDeployments } from './read-deployments';

/** `address`: for example `https://api.github.com`. `repository`: `owner/name`. */
interface GitHubOptions extends Omit<RequestPlace, 'kind'> {
  /** For teams only, which a job's own token may not read. Default: `token`. */
  readonly teamToken?: string | undefined;
  /**
   * Account that comments are written as. Default: that of a job's own token. Only a comment by it can be ours, since
   * anybody can write the marker.
   */
  readonly login?: string | undefined;
}

const pullSchema = z.object({
  number: z.int(),
  state: z.string(),
  draft: z.boolean().optional(),
  user: accountSchema.nullable(),
  head: pullHeadSchema,
  base: z.object({
    ref: z.string().min(1),
    repo: z.object({ full_name: z.string(), default_branch: z.string().optional() }),
  }),
  labels: z.array(z.object({ name: z.string() })),
  requested_reviewers: z.array(accountSchema).nullish(),
});

const commitSchema = z.object({
  commit: z.object({
    author: z.object({ email: z.string().optional() }).nullable(),
    committer: z.object({ email: z.string().optional() }).nullable(),
  }),
  author: z.object({ login: z.string().optional() }).nullable(),
  committer: z.object({ login: z.string().optional() }).nullable(),
});

export function github({
  address,
  token,
  teamToken,
  repository,
  login = 'github-actions[bot]',
  patience,
}: GitHubOptions): ForgeApi {
  const [owner, repo] = twoPartsOf(
    repository,
    'Which repository is meant is not clear: GITHUB_REPOSITORY is such as OWNER/NAME.',
  );
  const server = transportTo({ address, header: ['authorization', `Bearer ${token}`], ...(patience && { patience }) });
  const members =
    teamToken === undefined
      ? server
      : transportTo({ address, header: ['authorization', `Bearer ${teamToken}`], ...(patience && { patience }) });
  const here = { owner, repo };
  return {
    kind: 'github',
    host: server.host,
    requests: () => server.requests() + (members === server ? 0 : members.requests()),
    change: (number) => readChange(server, here, number),
    async target(number) {
      const pull = await server.ask('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...here, pull_number: number });
      const { head, base } = answerOf(pullSchema, pull, server.host);
      return { head: head.sha, base: base.ref, defaultBranch: base.repo.default_branch ?? null };
    },
    deployments: (filter) => readDeployments(server, here, filter),
    checks: (commit) => readChecks(server, here, commit),
    teams: (names) => resolveTeams(members, names),
    addressesOf: (account) => addressesOfAccount(server, here, account),
    async comment(number, marker, text): Promise<Written> {
      const comments = answerOf(
        commentsSchema,
        await server.list('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...here,
          issue_number: number,
        }),
        server.host,
      );
      const ours = comments.find((one) => one.user?.login === login && isOwnComment(one.body ?? '', marker));
      if (ours?.body === text) return 'unchanged';
      return permitted(() =>
        ours === undefined
          ? server.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
              ...here,
              issue_number: number,
              body: text,
            })
          : server.ask('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
              ...here,
              comment_id: ours.id,
              body: text,
            }),
      );
    },
    async label(number, { add, remove }): Promise<Written> {
      const words = { ...here, issue_number: number };
      if (add.length + remove.length === 0) return 'unchanged';
      return permitted(async () => {
        if (add.length > 0)
          await server.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...words, labels: add });
        for (const name of remove)
          await server
            .ask('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', { ...words, name })
            .catch(unlessGone);
      });
    },
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

const commentsSchema = z.array(
  z.object({
    id: z.int(),
    body: z.string().optional(),
    user: accountSchema.nullable(),
    performed_via_github_app: z.object({ slug: z.string().optional() }).nullish(),
  }),
);

type Here = Readonly<Record<'owner' | 'repo', string>>;

async function readChange(server: Transport, here: Here, number: number): Promise<ForgeChange> {
  const where = { ...here, pull_number: number };
  const [pull, reviews, commits] = await Promise.all([
    server.ask('GET /repos/{owner}/{repo}/pulls/{pull_number}', where),
    server.list('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', where),
    server.list('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', where),
  ]);
  const {
    user: opener,
    head,
    base,
    draft,
    labels,
    requested_reviewers: requested,
  } = answerOf(pullSchema, pull, server.host);
  if (opener === null) throw openerGone(number);
  const verdicts = answerOf(z.array(reviewSchema), reviews, server.host);
  refuseOthers(verdicts, server.host);
  const judged = approvalsOf(
    verdicts,
    (requested ?? []).map(({ login }) => login),
  );
  return {
    number,
    opener: accountName(opener),
    head: head.sha,
    headRef: `refs/pull/${String(number)}/head`,
    base: base.ref,
    defaultBranch: base.repo.default_branch ?? null,
    draft: draft === true,
    ...forkOf(head, base.repo.full_name),
    labels: labels.map(({ name }) => name),
    approvals: judged.approvals,
    // GitHub links only addresses that the account has verified; its own commits for whoever presses a button.
    addresses: addressesOf(answerOf(z.array(commitSchema), commits, server.host), 'web-flow'),
    notices: judged.notices,
  };
}

/** The latest of the default branch are enough: https://docs.github.com/rest/commits/commits#list-commits */
const COMMITS_OF_ACCOUNT = 30;

/** GitHub links only addresses that the account has verified, so nobody else's commit is among them. */
async function addressesOfAccount(server: Transport, here: Here, account: string): Promise<readonly string[]> {
  const commits = await readable(() =>
    server.ask('GET /repos/{owner}/{repo}/commits', { ...here, author: account, per_page: COMMITS_OF_ACCOUNT }),
  );
  const byAuthor = answerOf(z.array(commitSchema), commits ?? [], server.host).filter(
    ({ author }) => author?.login?.toLowerCase() === account.toLowerCase(),
  );
  return Object.values(addressesOf(byAuthor.map((one) => ({ ...one, committer: null })))).flat();
}

const memberSchema = z.array(z.object({ login: z.string().min(1) }));

const resolveTeams = (server: Transport, names: readonly string[]): Promise<ResolvedTeams> =>
  resolveEach(
    names,
    'team',
    async (name) => {
      const [org = '', slug = '', ...more] = name.replace(/^@/, '').split('/');
      if (more.length > 0) throw new ForgeError('answer', "GitHub's teams are named @ORG/TEAM.");
      const members = await server.list('GET /orgs/{org}/teams/{team_slug}/members', { org, team_slug: slug });
      return answerOf(memberSchema, members, server.host).map(({ login }) => login);
    },
    "A job's own token sees no teams: give one that may read the organization's members as LINEKEEPER_TEAM_TOKEN.",
  );
