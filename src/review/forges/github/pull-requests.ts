/** Pull requests of GitHub's cloud and of GitHub Enterprise (docs.github.com/rest/pulls). */
import { z } from 'zod';
import {
  type Additions,
  answerOf,
  ForgeError,
  type OpenRequest,
  type RequestApi,
  type RequestOptions,
  type SentRequest,
  type Transport,
  transportTo,
  twoPartsOf,
} from '../client-parts';
import { accountSchema } from './approvals-from-answers';
import { counted } from '../client-parts/count-names-in-lower-case';

const repositorySchema = z.object({ fork: z.boolean() });

const openSchema = z.array(
  z.object({
    number: z.int(),
    body: z.string().nullable(),
    head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
    base: z.object({ ref: z.string() }),
    requested_reviewers: z.array(accountSchema).nullish(),
    requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
  }),
);

const madeSchema = z.object({ number: z.int() });

const LATEST = 100;

const PULLS = '/repos/{owner}/{repo}/pulls';

export function githubRequests({ address, token, repository, patience }: RequestOptions): RequestApi {
  const [owner, repo] = twoPartsOf(
    repository,
    "The remote's address names no repository of GitHub: OWNER/NAME is missing.",
  );
  const server = transportTo({ address, header: ['authorization', `Bearer ${token}`], patience });
  const here = { owner, repo };
  return {
    host: server.host,
    account: async () => answerOf(accountSchema, await server.ask('GET /user', {}), server.host).login,
    async openRequests() {
      const open = await server.ask(`GET ${PULLS}`, { ...here, state: 'open', per_page: LATEST });
      return counted(
        answerOf(openSchema, open, server.host).flatMap((request) => [
          ...(request.requested_reviewers ?? []).map(({ login }) => login),
          ...(request.requested_teams ?? []).map(({ slug }) => `${owner}/${slug}`),
        ]),
      );
    },
    async find({ base, head }) {
      const [there, open] = await Promise.all([
        server.ask('GET /repos/{owner}/{repo}', here),
        server.ask(`GET ${PULLS}`, { ...here, state: 'open', head: `${owner}:${head}`, base, per_page: LATEST }),
      ]);
      if (answerOf(repositorySchema, there, server.host).fork)
        throw new ForgeError('fork', `${owner}/${repo} is a fork.`);
      // GitHub ignores a filter that it does not understand
      const found = answerOf(openSchema, open, server.host).find(
        (request) =>
          request.head.ref === head &&
          request.base.ref === base &&
          request.head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase(),
      );
      return found && { number: found.number, body: found.body ?? '' };
    },
    async create({ base, head, title, body, draft, ...additions }) {
      const made = await server.ask(`POST ${PULLS}`, { ...here, base, head, title, body, draft });
      return added(server, here, answerOf(madeSchema, made, server.host).number, additions);
    },
    async update({ number }: OpenRequest, { body, ...additions }) {
      await server.ask(`PATCH ${PULLS}/{pull_number}`, { ...here, pull_number: number, body });
      return added(server, here, number, additions);
    },
    async requestChanges({ number }, { commit, body }) {
      const review = { commit_id: commit, event: 'REQUEST_CHANGES', body };
      await server.ask(`POST ${PULLS}/{pull_number}/reviews`, { ...here, pull_number: number, ...review });
    },
  };
}

type Here = Readonly<Record<'owner' | 'repo', string>>;

/** The pull request exists: what can't be added to it is reported, and is not a failure. */
async function added(
  server: Transport,
  here: Here,
  number: number,
  { labels, reviewers }: Additions,
): Promise<SentRequest> {
  const isTaken = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof ForgeError) return false;
      throw error;
    }
  };
  const refused = {
    labels:
      labels.length === 0 ||
      (await isTaken(() =>
        server.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
          ...here,
          issue_number: number,
          labels,
        }),
      ))
        ? []
        : labels,
    reviewers: await refusedNames(reviewers, (names) =>
      isTaken(() =>
        server.ask(`POST ${PULLS}/{pull_number}/requested_reviewers`, {
          ...here,
          pull_number: number,
          reviewers: names.filter((name) => !name.includes('/')),
          team_reviewers: names.flatMap((name) => (name.includes('/') ? [name.slice(name.indexOf('/') + 1)] : [])),
        }),
      ),
    ),
  };
  return { number, refused };
}

/** All at once; when one of them is refused GitHub accepts none, so then one by one. */
async function refusedNames(
  names: readonly string[],
  ask: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  if (names.length === 0 || (await ask(names))) return [];
  if (names.length === 1) return names;
  const refused: string[] = [];
  for (const name of names) if (!(await ask([name]))) refused.push(name);
  return refused;
}
