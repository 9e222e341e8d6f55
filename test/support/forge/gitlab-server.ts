/**
 * A GitLab on this machine, as far as our client uses it. What GitLab's own description has is held to it, both ways;
 * the others (users, notes) are in the form shown in GitLab's documentation.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiDescription } from './openapi';

const GITLAB = new ApiDescription('gitlab');

interface Account {
  readonly id: number;
  readonly username: string;
  readonly bot?: boolean;
}
interface Note {
  readonly id: number;
  body: string;
  readonly system: boolean;
  readonly author: Account;
  readonly created_at: string;
}

const person = ({ id, username }: Account): object => ({
  id,
  username,
  name: username,
  state: 'active',
  locked: false,
  avatar_url: null,
  web_url: `https://gitlab.example/${username}`,
});

/** Supported calls, each with the parameters that it accepts in its query or body. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  'GET /user': [],
  'GET /users/N': [],
  'GET /groups/G/members': [],
  'GET /projects/N/merge_requests/N': [],
  'GET /users': ['username'],
  'GET /projects/N': [],
  'GET /projects/N/merge_requests': ['state', 'source_branch', 'target_branch'],
  'POST /projects/N/merge_requests': [
    'source_branch',
    'target_branch',
    'title',
    'description',
    'labels',
    'reviewer_ids',
  ],
  'PUT /projects/N/merge_requests/N': ['add_labels', 'remove_labels', 'description', 'reviewer_ids'],
  'GET /projects/N/merge_requests/N/approvals': [],
  'GET /projects/N/merge_requests/N/reviewers': [],
  'GET /projects/N/merge_requests/N/versions': [],
  'GET /projects/N/merge_requests/N/notes': ['sort', 'order_by', 'activity_filter'],
  'POST /projects/N/merge_requests/N/notes': ['body'],
  'PUT /projects/N/merge_requests/N/notes/N': ['body'],
  'GET /projects/N/deployments': ['order_by', 'sort'],
  'POST /projects/N/statuses/S': ['name', 'state', 'description'],
};

/** GitLab describes 200 for a status that it answers with 201. */
const statusOf = (route: string): number => (route.startsWith('POST') && !route.includes('/statuses/') ? 201 : 200);

/** Lists as GitLab describes them; it takes them with commas, too, as its documentation has it. */
const withLists = (body: Body): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key.endsWith('labels') ? value.split(',') : value,
    ]),
  );

/** A merge request that was opened at this server. */
export interface OpenedMerge {
  readonly iid: number;
  readonly title: string;
  description: string;
  readonly source: string;
  readonly target: string;
  labels: readonly string[];
  reviewers: readonly number[];
}

/** The content of requests: words, and lists of numbers. */
type Body = Readonly<Record<string, string>> & { readonly reviewer_ids?: readonly number[] };

export class GitLabServer {
  merges: OpenedMerge[] = [];
  isFork = false;
  /** The free edition accepts one. */
  mostReviewers = 1;
  /** The header that contains the token: a job's, or that of a person's sign-in. */
  tokenIn: 'private-token' | 'authorization' = 'private-token';
  accounts: readonly Account[] = [
    { id: 1, username: 'carl' },
    { id: 2, username: 'ada' },
    { id: 3, username: 'grace' },
    { id: 4, username: 'project_9_bot_x', bot: true },
    { id: 9, username: 'linekeeper-bot', bot: true },
  ];
  /** Newest first. */
  deployments: readonly object[] = [];
  approvedBy: readonly { readonly login: string; readonly at?: string }[] = [];
  reviewers: readonly { readonly login: string; readonly state: string }[] = [];
  /** Number of the project that the branch is in: 5 is the target's. */
  sourceProject = 5;
  /** One that the token may not see. */
  unseenProject = 0;
  versions: readonly { readonly head: string; readonly at: string }[] = [];
  notes: Note[] = [];
  labels: string[] = ['mine'];
  groups: Readonly<Record<string, readonly string[]>> = {};
  head = 'a'.repeat(40);
  readonly wrong: string[] = [];
  readonly statuses: unknown[] = [];
  page = 100;
  private server: Server | undefined;

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  env(): Record<string, string> {
    return {
      CI_API_V4_URL: `http://127.0.0.1:${String((this.server?.address() as AddressInfo).port)}/api/v4`,
      CI_PROJECT_ID: '5',
      LINEKEEPER_GITLAB_TOKEN: 'glpat-secret',
    };
  }

  account(login: string): Account {
    return this.accounts.find(({ username }) => username === login) ?? { id: 99, username: login };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x.example');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = parts.length === 0 ? ({} as Body) : (JSON.parse(Buffer.concat(parts).toString('utf8')) as Body);
    const place = url.pathname.replace('/api/v4', '');
    const route = `${request.method ?? ''} ${place
      .replace(/\/[0-9a-f]{40}$/, '/S')
      .replace(/^\/groups\/[^/]+/, '/groups/G')
      .replaceAll(/\/\d+(?=\/|$)/g, '/N')}`;
    const tokens = {
      'private-token': request.headers['private-token'],
      authorization: request.headers.authorization?.replace(/^Bearer /, ''),
    };
    const other = this.tokenIn === 'authorization' ? 'private-token' : 'authorization';
    if (tokens[this.tokenIn] !== 'glpat-secret' || /secret/.test(request.url ?? '') || tokens[other] !== undefined)
      this.wrong.push('the token is not where it belongs');
    const known = ROUTES[route];
    const described = GITLAB.operationFor(request.method ?? '', url.pathname);
    const isAsDescribed = (check: (name: string) => void): void => {
      try {
        if (described) check(described.name);
      } catch (error) {
        this.wrong.push((error as Error).message);
      }
    };
    isAsDescribed((name) => {
      const query = new URLSearchParams(url.search);
      // Described once for all lists.
      for (const page of ['page', 'per_page']) query.delete(page);
      GITLAB.checkRequest(name, query, parts.length === 0 ? undefined : withLists(body));
    });
    for (const key of [...url.searchParams.keys(), ...Object.keys(body)])
      if (known?.includes(key) !== true && !['per_page', 'page'].includes(key))
        this.wrong.push(`${route} takes no ${key}`);
    const value = known === undefined ? undefined : this.reply(route, place, body, url.searchParams);
    const send = (status: number, what: unknown, headers: Readonly<Record<string, string>> = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(what));
    if (value === undefined) {
      const isHidden = place.startsWith('/groups/') || place === `/projects/${String(this.unseenProject)}`;
      if (!isHidden) this.wrong.push(`there is no ${route}`);
      send(404, { message: '404 Not found' });
      return;
    }
    isAsDescribed((name) => {
      GITLAB.checkNames(name, statusOf(route), value);
    });
    if (!Array.isArray(value)) {
      send(route.startsWith('POST') ? 201 : 200, value);
      return;
    }
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    next.searchParams.set('page', String(page + 1));
    send(
      200,
      value.slice((page - 1) * this.page, page * this.page),
      page * this.page < value.length ? { link: `<${next.href}>; rel="next"` } : {},
    );
  }

  private reply(route: string, place: string, body: Body, query: URLSearchParams): unknown {
    switch (route) {
      case 'GET /users':
        return this.accounts.filter(({ username }) => username === query.get('username')).map(person);
      case 'GET /projects/N':
        if (place === `/projects/${String(this.unseenProject)}`) return undefined;
        return {
          id: 5,
          path_with_namespace: 'acme/shop',
          http_url_to_repo: `https://gitlab.example/${String(place.split('/').pop())}.git`,
          ...(this.isFork ? { forked_from_project: { id: 4 } } : {}),
        };
      case 'GET /projects/N/merge_requests': {
        const [source, target] = [query.get('source_branch'), query.get('target_branch')];
        return this.merges
          .filter((one) => one.source === (source ?? one.source) && one.target === (target ?? one.target))
          .map((one) => this.merge(one));
      }
      case 'POST /projects/N/merge_requests': {
        const made = {
          iid: 7 + this.merges.length,
          title: body['title'] ?? '',
          description: body['description'] ?? '',
          source: body['source_branch'] ?? '',
          target: body['target_branch'] ?? '',
          labels: (body['labels'] ?? '').split(',').filter((name) => name !== ''),
          reviewers: (body.reviewer_ids ?? []).slice(0, this.mostReviewers),
        };
        this.merges.push(made);
        return this.merge(made);
      }
      case 'GET /projects/N/deployments':
        return this.deployments;
      case 'GET /user':
        return { ...person(this.account('linekeeper-bot')), bot: true };
      case 'GET /users/N': {
        const found = this.accounts.find(({ id }) => id === Number(place.split('/').pop()));
        return found && { ...person(found), bot: found.bot === true };
      }
      case 'GET /groups/G/members':
        return this.groups[decodeURIComponent(place.split('/')[2] ?? '')]?.map((login) => ({
          ...person(this.account(login)),
          access_level: 30,
        }));
      case 'GET /projects/N/merge_requests/N': {
        const opened = this.merges.find(({ iid }) => iid === Number(place.split('/').pop()));
        if (opened) return this.merge(opened);
        return {
          id: 1,
          iid: 7,
          title: 'x',
          state: 'opened',
          author: person(this.account('carl')),
          sha: this.head,
          target_branch: 'main',
          source_branch: 'topic',
          draft: false,
          source_project_id: this.sourceProject,
          target_project_id: 5,
          labels: this.labels,
        };
      }
      case 'PUT /projects/N/merge_requests/N': {
        const [add = [], remove = []] = [body['add_labels'], body['remove_labels']].map((text) =>
          (text ?? '').split(',').filter((name) => name !== ''),
        );
        const opened = this.merges.find(({ iid }) => iid === Number(place.split('/').pop()));
        if (opened) {
          opened.labels = [...new Set([...opened.labels, ...add])];
          opened.description = body['description'] ?? opened.description;
          opened.reviewers = (body.reviewer_ids ?? opened.reviewers).slice(0, this.mostReviewers);
          return this.merge(opened);
        }
        this.labels = [...new Set([...this.labels, ...add])].filter((name) => !remove.includes(name));
        return { iid: 7 };
      }
      case 'GET /projects/N/merge_requests/N/approvals':
        return {
          approved: true,
          approved_by: this.approvedBy.map(({ login, at }) => ({
            user: person(this.account(login)),
            ...(at === undefined ? {} : { approved_at: at }),
          })),
        };
      case 'GET /projects/N/merge_requests/N/reviewers':
        return this.reviewers.map(({ login, state }) => ({
          user: person(this.account(login)),
          state,
          created_at: '2025-01-01T00:00:00.000Z',
        }));
      case 'GET /projects/N/merge_requests/N/versions':
        return this.versions.map(({ head, at }, index) => ({
          id: index,
          head_commit_sha: head,
          base_commit_sha: 'b'.repeat(40),
          start_commit_sha: 'b'.repeat(40),
          created_at: at,
          merge_request_id: 1,
          state: 'collected',
        }));
      case 'GET /projects/N/merge_requests/N/notes':
        return this.notes;
      case 'POST /projects/N/merge_requests/N/notes': {
        const note: Note = {
          id: this.notes.length + 1,
          body: body['body'] ?? '',
          system: false,
          author: this.account('linekeeper-bot'),
          created_at: '2025-01-01T00:00:00.000Z',
        };
        this.notes.push(note);
        return note;
      }
      case 'PUT /projects/N/merge_requests/N/notes/N': {
        const note = this.notes.find(({ id }) => id === Number(place.split('/').pop()));
        if (note) note.body = body['body'] ?? '';
        return note;
      }
      default:
        this.statuses.push(body);
        return { id: 1, sha: place.split('/').pop(), status: body['state'], name: body['name'] };
    }
  }

  private merge({ iid, title, description, source, target, labels, reviewers }: OpenedMerge): object {
    return {
      id: iid + 100,
      iid,
      title,
      description,
      state: 'opened',
      author: person(this.account('carl')),
      sha: this.head,
      source_branch: source,
      target_branch: target,
      draft: title.startsWith('Draft: '),
      source_project_id: 5,
      target_project_id: 5,
      labels,
      reviewers: this.accounts.filter(({ id }) => reviewers.includes(id)).map(person),
    };
  }
}
