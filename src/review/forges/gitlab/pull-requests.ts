/** Merge requests of GitLab's cloud and of self-hosted servers (docs.gitlab.com/api/merge_requests). */
import { z } from 'zod';
import {
  type Additions,
  answerOf,
  ForgeError,
  type RequestApi,
  type RequestOptions,
  type SentRequest,
  type Transport,
  transportTo,
} from '../client-parts';
import { counted } from '../client-parts/count-names-in-lower-case';

const person = z.object({ id: z.int(), username: z.string().min(1) });
const projectSchema = z.object({ id: z.int(), forked_from_project: z.object({ id: z.int() }).nullish() });
const openSchema = z.array(
  z.object({
    iid: z.int(),
    description: z.string().nullable(),
    source_branch: z.string(),
    target_branch: z.string(),
    source_project_id: z.int().nullable(),
    reviewers: z.array(person).nullish(),
  }),
);
const madeSchema = z.object({
  iid: z.int(),
  reviewers: z.array(person).nullish(),
  labels: z.array(z.string()).nullish(),
});

const LATEST = 100;
const MERGES = '/projects/{id}/merge_requests';

export function gitlabRequests({ address, token, repository: id, patience }: RequestOptions): RequestApi {
  // accepts personal access tokens as well as those of a browser sign-in, which `glab` may have
  const server = transportTo({ address, header: ['authorization', `Bearer ${token}`], patience });
  return {
    host: server.host,
    account: async () => answerOf(person, await server.ask('GET /user', {}), server.host).username,
    async openRequests() {
      const open = await server.ask(`GET ${MERGES}`, { id, state: 'opened', per_page: LATEST });
      return counted(
        answerOf(openSchema, open, server.host).flatMap(({ reviewers }) =>
          (reviewers ?? []).map(({ username }) => username),
        ),
      );
    },
    async find({ base, head }) {
      const [there, open] = await Promise.all([
        server.ask('GET /projects/{id}', { id }),
        server.ask(`GET ${MERGES}`, {
          id,
          state: 'opened',
          source_branch: head,
          target_branch: base,
          per_page: LATEST,
        }),
      ]);
      const project = answerOf(projectSchema, there, server.host);
      if (project.forked_from_project) throw new ForgeError('fork', `${id} is a fork.`);
      const found = answerOf(openSchema, open, server.host).find(
        (one) => one.source_branch === head && one.target_branch === base && one.source_project_id === project.id,
      );
      return found && { number: found.iid, body: found.description ?? '' };
    },
    async create({ base, head, title, body, draft, labels, reviewers }) {
      const found = await people(server, reviewers);
      const made = await server.ask(`POST ${MERGES}`, {
        id,
        source_branch: head,
        target_branch: base,
        title: draft ? `Draft: ${title}` : title,
        description: body,
        labels: labels.join(','),
        reviewer_ids: [...found.values()],
      });
      return sent(answerOf(madeSchema, made, server.host), { labels, reviewers });
    },
    async update({ number }, { body, labels, reviewers }) {
      const where = { id, merge_request_iid: number };
      const [accounts, there] = await Promise.all([
        people(server, reviewers),
        server.ask(`GET ${MERGES}/{merge_request_iid}`, where),
      ]);
      const already = answerOf(madeSchema, there, server.host).reviewers ?? [];
      const made = await server.ask(`PUT ${MERGES}/{merge_request_iid}`, {
        ...where,
        description: body,
        add_labels: labels.join(','),
        // the request replaces the whole list
        reviewer_ids: [...new Set([...already.map((one) => one.id), ...accounts.values()])],
      });
      return sent(answerOf(madeSchema, made, server.host), { labels, reviewers });
    },
  };
}

/** Account numbers by login. A group can't be asked and unknown logins are left out. */
async function people(server: Transport, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const name of names.filter((each) => !each.includes('/'))) {
    const users = answerOf(z.array(person), await server.ask('GET /users', { username: name }), server.host);
    const user = users.find(({ username }) => username.toLowerCase() === name.toLowerCase());
    if (user) found.set(name, user.id);
  }
  return found;
}

/**
 * GitLab silently drops what it does not accept, such as a second reviewer in its free edition: its response shows what
 * it accepted.
 */
function sent(made: z.infer<typeof madeSchema>, { labels, reviewers }: Additions): SentRequest {
  const accepted = new Set((made.reviewers ?? []).map(({ username }) => username.toLowerCase()));
  const present = new Set(made.labels ?? []);
  return {
    number: made.iid,
    refused: {
      labels: labels.filter((name) => !present.has(name)),
      reviewers: reviewers.filter((name) => !accepted.has(name.toLowerCase())),
    },
  };
}
