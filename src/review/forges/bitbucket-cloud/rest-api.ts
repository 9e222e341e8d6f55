/** Bitbucket Cloud, through its API of version 2.0. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  answerOf,
  changeOwn,
  ForgeError,
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
import { readAll } from './read-pages';
import { accountName, accountSchema, activitySchema, approvalsOf, participantSchema } from './approvals-from-answers';

/** `address`: for example `https://api.bitbucket.org/2.0`. `repository`: `workspace/name`. */
export type BitbucketOptions = Omit<RequestPlace, 'kind'>;

const named = z.object({ name: z.string().min(1) });
const pullSchema = z.object({
  id: z.int(),
  draft: z.boolean().nullish(),
  author: accountSchema.nullish(),
  source: z.object({
    branch: named,
    commit: z.object({ hash: z.string().regex(/^[0-9a-f]{7,64}$/) }).nullish(),
    repository: z.object({ full_name: z.string() }).nullish(),
  }),
  destination: z.object({ branch: named, repository: z.object({ full_name: z.string() }).nullish() }),
  participants: z.array(participantSchema).nullish(),
});
const repositorySchema = z.object({ mainbranch: named.nullish() });
const commitsSchema = z.array(
  z.object({
    hash: z.string(),
    author: z.object({ raw: z.string().nullish(), user: accountSchema.nullish() }).nullish(),
  }),
);
const commentsSchema = z.array(
  z.object({ id: z.int(), deleted: z.boolean().nullish(), content: z.object({ raw: z.string().nullish() }).nullish() }),
);

type Here = Readonly<Record<'workspace' | 'repo_slug', string>>;

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';
const PULL = `${REPOSITORY}/pullrequests/{pull_request_id}`;
/** Longest key of a status. */
const KEY = 40;

/** How a repository is reached. Throws a {@link ForgeError} when it is not clear which one is meant. */
export function reach({ address, token, repository, patience }: BitbucketOptions): {
  readonly server: Transport;
  readonly here: Here;
} {
  const [workspace, slug] = twoPartsOf(
    repository,
    'Which repository is meant is not clear: BITBUCKET_REPO_FULL_NAME is such as WORKSPACE/NAME.',
  );
  return {
    server: transportTo({ address, header: ['authorization', `Bearer ${token}`], ...(patience && { patience }) }),
    here: { workspace, repo_slug: slug },
  };
}

export function bitbucketCloud(options: BitbucketOptions): ForgeApi {
  const { server, here } = reach(options);
  return {
    kind: 'bitbucket-cloud',
    host: server.host,
    requests: server.requests,
    change: (number) => readChange(server, here, number),
    async target(number) {
      const [pull, repository] = await Promise.all([
        server.ask(`GET ${PULL}`, { ...here, pull_request_id: number }),
        server.ask(`GET ${REPOSITORY}`, here),
      ]);
      return {
        base: answerOf(pullSchema, pull, server.host).destination.branch.name,
        defaultBranch: answerOf(repositorySchema, repository, server.host).mainbranch?.name ?? null,
      };
    },
    teams: (names) =>
      Promise.resolve({
        teams: {},
        notices: names.map(
          (name) =>
            `Who is in the group ${name} is not known here: Bitbucket Cloud does not say it. Name its people in the policy.`,
        ),
      }),
    async comment(number, marker, text): Promise<Written> {
      const where = { ...here, pull_request_id: number };
      const comments = answerOf(commentsSchema, await readAll(server, `GET ${PULL}/comments`, where), server.host);
      const candidates = comments
        .filter(({ deleted, content }) => deleted !== true && isOwnComment(content?.raw ?? '', marker))
        .map(({ id, content }) => ({ id, text: content?.raw ?? '' }));
      const written = { type: 'pullrequest_comment', content: { raw: text } };
      const done = await changeOwn(candidates, text, ({ id }) =>
        server.ask(`PUT ${PULL}/comments/{comment_id}`, { ...where, comment_id: id, ...written }),
      );
      return done ?? permitted(() => server.ask(`POST ${PULL}/comments`, { ...where, ...written }));
    },
    status: (commit, { context, passed, text, change }) =>
      permitted(() =>
        server.ask(`POST ${REPOSITORY}/commit/{commit}/statuses/build`, {
          ...here,
          commit,
          data: {
            type: 'build',
            key:
              context.length <= KEY
                ? context
                : `linekeeper ${createHash('sha256').update(context).digest('hex').slice(0, 20)}`,
            name: context,
            state: passed ? 'SUCCESSFUL' : 'FAILED',
            description: truncateText(text, 140),
            url: `https://bitbucket.org/${here.workspace}/${here.repo_slug}/pull-requests/${String(change)}`,
          },
        }),
      ),
  };
}

async function readChange(server: Transport, here: Here, number: number): Promise<ForgeChange> {
  const where = { ...here, pull_request_id: number };
  const [pull, repository, activity, listed] = await Promise.all([
    server.ask(`GET ${PULL}`, where),
    server.ask(`GET ${REPOSITORY}`, here),
    readAll(server, `GET ${PULL}/activity`, where),
    readAll(server, `GET ${PULL}/commits`, where),
  ]);
  const { author, draft, source, destination, participants } = answerOf(pullSchema, pull, server.host);
  const commits = answerOf(commitsSchema, listed, server.host);
  // Pull requests and their activity have abbreviated ids.
  const fullId = (hash: string): string | undefined => {
    const found = commits.filter((one) => /^[0-9a-f]{40}$/.test(one.hash) && one.hash.startsWith(hash));
    return found.length === 1 ? found[0]?.hash : undefined;
  };
  const opener = author ? accountName(author) : undefined;
  if (opener === undefined) throw openerGone(number);
  const head = fullId(source.commit?.hash ?? '-');
  if (head === undefined)
    throw new ForgeError('answer', `${server.host} does not say which commit pull request ${String(number)} is at.`);
  const fork = source.repository?.full_name !== destination.repository?.full_name;
  if (fork)
    throw new ForgeError(
      'fork',
      `Pull request ${String(number)} comes from a fork, whose commits Bitbucket does not keep in this repository: push its branch and its notes here to have it decided on.`,
    );
  const reviews = approvalsOf({
    participants: participants ?? [],
    activity: answerOf(z.array(activitySchema), activity, server.host),
    fullId,
  });
  return {
    number,
    opener,
    head,
    headRef: `refs/heads/${source.branch.name}`,
    base: destination.branch.name,
    defaultBranch: answerOf(repositorySchema, repository, server.host).mainbranch?.name ?? null,
    draft: draft === true,
    fork,
    labels: [],
    approvals: reviews.approvals,
    addresses: addressesOf(commits),
    notices: reviews.notices,
  };
}

/** Which account an address of a commit belongs to: Bitbucket links only addresses that the account has confirmed. */
function addressesOf(commits: z.infer<typeof commitsSchema>): Record<string, string[]> {
  const known = new Map<string, Set<string>>();
  for (const { author } of commits) {
    const login = author?.user ? accountName(author.user) : undefined;
    const email = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(author?.raw ?? '')?.[1];
    if (login !== undefined && email !== undefined) known.set(login, (known.get(login) ?? new Set()).add(email));
  }
  return Object.fromEntries([...known].map(([login, emails]) => [login, [...emails]]));
}
