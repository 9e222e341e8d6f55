/** GitLab: its cloud and self-managed, through its REST API (docs.gitlab.com/api/rest). */
import { z } from 'zod';
import {
  answerOf,
  commitIdSchema,
  type ForgeApi,
  type ForgeChange,
  ForgeError,
  isOwnComment,
  type Patience,
  permitted,
  resolveEach,
  type ResolvedTeams,
  type Transport,
  transportTo,
  type Written,
} from '../client-parts';
import { approvalsOf, type Approver } from './approvals-from-answers';
import { readChecks } from './read-checks';
import { readDeployments } from './read-deployments';

interface GitLabOptions {
  /** For example `https://gitlab.com/api/v4`. */
  readonly address: string;
  readonly token: string;
  /** Number of the project, or its path. */
  readonly project: string;
  readonly defaultBranch?: string | undefined;
  readonly patience?: Partial<Patience>;
}

const account = z.object({ id: z.int(), username: z.string().min(1), bot: z.boolean().optional() });

const changeSchema = z.object({
  iid: z.int(),
  author: account,
  sha: commitIdSchema,
  target_branch: z.string().min(1),
  draft: z.boolean().optional(),
  source_project_id: z.int().nullable(),
  target_project_id: z.int(),
  labels: z.array(z.string()),
});

const approvalsSchema = z.object({
  approved_by: z.array(z.object({ user: account, approved_at: z.string().nullish() })),
});
const reviewersSchema = z.array(z.object({ user: account, state: z.string() }));
const versionsSchema = z.array(z.object({ head_commit_sha: z.string(), created_at: z.string() }));
const notesSchema = z.array(
  z.object({ id: z.int(), body: z.string(), system: z.boolean(), author: account, created_at: z.string() }),
);

export function gitlab({ address, token, project, defaultBranch, patience }: GitLabOptions): ForgeApi {
  const server = transportTo({ address, header: ['private-token', token], ...(patience && { patience }) });
  const id = project;
  return {
    kind: 'gitlab',
    host: server.host,
    requests: server.requests,
    change: async (number) => ({ ...(await readChange(server, id, number)), defaultBranch: defaultBranch ?? null }),
    async target(number) {
      const where = { id, merge_request_iid: number };
      const change = await server.ask('GET /projects/{id}/merge_requests/{merge_request_iid}', where);
      const { sha: head, target_branch: base } = answerOf(changeSchema, change, server.host);
      return { head, base, defaultBranch: defaultBranch ?? null };
    },
    teams: (names) => resolveGroups(server, names),
    deployments: (filter) => readDeployments(server, id, filter),
    checks: (commit) => readChecks(server, id, commit),
    async comment(number, marker, text): Promise<Written> {
      const where = { id, merge_request_iid: number };
      const [me, notes] = await Promise.all([
        server.ask('GET /user', {}),
        server.list('GET /projects/{id}/merge_requests/{merge_request_iid}/notes', where),
      ]);
      const accountId = answerOf(account, me, server.host).id;
      const ours = answerOf(notesSchema, notes, server.host).find(
        (one) => !one.system && one.author.id === accountId && isOwnComment(one.body, marker),
      );
      if (ours?.body === text) return 'unchanged';
      return permitted(() =>
        ours === undefined
          ? server.ask('POST /projects/{id}/merge_requests/{merge_request_iid}/notes', { ...where, body: text })
          : server.ask('PUT /projects/{id}/merge_requests/{merge_request_iid}/notes/{note_id}', {
              ...where,
              note_id: ours.id,
              body: text,
            }),
      );
    },
    async label(number, { add, remove }): Promise<Written> {
      if (add.length + remove.length === 0) return 'unchanged';
      return permitted(() =>
        server.ask('PUT /projects/{id}/merge_requests/{merge_request_iid}', {
          id,
          merge_request_iid: number,
          add_labels: add.join(','),
          remove_labels: remove.join(','),
        }),
      );
    },
    status: (commit, { context, passed, text }) =>
      permitted(() =>
        server.ask('POST /projects/{id}/statuses/{sha}', {
          id,
          sha: commit,
          name: context,
          state: passed ? 'success' : 'failed',
          description: text.slice(0, 255),
        }),
      ),
  };
}

async function readChange(server: Transport, id: string, number: number): Promise<Omit<ForgeChange, 'defaultBranch'>> {
  const where = { id, merge_request_iid: number };
  const path = '/projects/{id}/merge_requests/{merge_request_iid}';
  const [change, approvals, reviewers, versions, notes] = await Promise.all([
    server.ask(`GET ${path}`, where),
    server.ask(`GET ${path}/approvals`, where),
    server.list(`GET ${path}/reviewers`, where),
    server.list(`GET ${path}/versions`, where),
    server.list(`GET ${path}/notes`, {
      ...where,
      sort: 'asc',
      order_by: 'created_at',
      activity_filter: 'only_activity',
    }),
  ]);
  const {
    author,
    sha,
    target_branch: base,
    draft,
    source_project_id: from,
    target_project_id: to,
    labels,
  } = answerOf(changeSchema, change, server.host);
  const approvers = await Promise.all(
    answerOf(approvalsSchema, approvals, server.host).approved_by.map(
      async ({ user, approved_at: at }): Promise<Approver> => ({
        login: user.username,
        bot: await isBot(server, user.id),
        at: at ?? null,
      }),
    ),
  );
  const forkAddress = from === null || from === to ? undefined : await addressOf(server, String(from));
  const reviews = approvalsOf({
    approvers,
    reviewers: answerOf(reviewersSchema, reviewers, server.host).map(({ user, state }) => ({
      login: user.username,
      state,
    })),
    versions: answerOf(versionsSchema, versions, server.host).map((version) => ({
      head: version.head_commit_sha,
      at: version.created_at,
    })),
    activity: answerOf(notesSchema, notes, server.host)
      .filter(({ system }) => system)
      .map((one) => ({ login: one.author.username, text: one.body, at: one.created_at })),
  });
  return {
    number,
    opener: author.username,
    head: sha,
    headRef: `refs/merge-requests/${String(number)}/head`,
    base,
    draft: draft === true,
    fork: from !== to,
    ...(forkAddress === undefined ? {} : { forkAddress }),
    labels,
    approvals: reviews.approvals,
    addresses: {},
    notices: reviews.notices,
  };
}

const projectSchema = z.object({ http_url_to_repo: z.string().nullish() });

/** Where a project can be fetched from; undefined where the token may not see it. */
async function addressOf(server: Transport, id: string): Promise<string | undefined> {
  try {
    return (
      answerOf(projectSchema, await server.ask('GET /projects/{id}', { id }), server.host).http_url_to_repo ?? undefined
    );
  } catch (error) {
    if (error instanceof ForgeError) return undefined;
    throw error;
  }
}

/** Only a person's account may sign off; the lists of approvals do not show the kind of account. */
async function isBot(server: Transport, id: number): Promise<boolean> {
  return answerOf(account, await server.ask('GET /users/{id}', { id }), server.host).bot === true;
}

const memberSchema = z.array(z.object({ username: z.string().min(1), state: z.string() }));

/** Direct members of a group: those of its parent groups are not in the team that the policy names. */
const resolveGroups = (server: Transport, names: readonly string[]): Promise<ResolvedTeams> =>
  resolveEach(names, 'group', async (name) => {
    const members = await server.list('GET /groups/{id}/members', { id: name.replace(/^@/, '') });
    const active = answerOf(memberSchema, members, server.host).filter(({ state }) => state === 'active');
    return active.map(({ username }) => username);
  });
