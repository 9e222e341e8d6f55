/**
 * A GitHub on this machine, as far as our client uses it. Every request and every response is checked against GitHub's
 * own description: differences are collected in `wrong`, which a test checks in the end.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GITHUB } from './openapi';

export interface Account {
  readonly login: string;
  readonly type?: string;
}

export interface Review {
  readonly by: Account | null;
  readonly state: string;
  readonly commit: string | null;
  readonly at: string;
  readonly association?: string;
}

interface Comment {
  readonly id: number;
  readonly login: string;
  body: string;
}

/** A pull request that was opened at this server. */
export interface OpenedPull {
  readonly number: number;
  readonly title: string;
  body: string;
  readonly draft: boolean;
  readonly head: string;
  readonly base: string;
  reviewers: readonly string[];
  teams: readonly string[];
}

/** The server's response instead of the usual one, for this many requests. */
interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  times: number;
  readonly matches: RegExp;
  readonly hang?: boolean;
  readonly body?: object;
}

const ACME: Account = { login: 'acme', type: 'Organization' };

const accountOf = ({ login, type = 'User' }: Account): object => GITHUB.sample('simple-user', { login, type });

const commitOf = ({ email, login }: LinkedCommit): object =>
  GITHUB.sample('commit', {
    commit: {
      ...(GITHUB.sample('commit') as { commit: object }).commit,
      author: { name: 'x', email },
      committer: null,
    },
    author: login === null ? null : accountOf({ login }),
    committer: null,
  });

/** A commit's author, with the account that GitHub links the address to. */
interface LinkedCommit {
  readonly email: string;
  readonly login: string | null;
}

export class GitHubServer {
  opener: Account = { login: 'carl' };
  /** Whose token it is; undefined: the opener's. */
  reader: Account | undefined;
  /** Reviews that were sent here. */
  readonly sentReviews: { readonly event: string; readonly commit: string; readonly body: string }[] = [];
  head = 'a'.repeat(40);
  base = 'main';
  draft = false;
  fork = false;
  /** Where the fork can be fetched from. Default: an address of another server. */
  forkAddress: string | undefined;
  labels: string[] = [];
  requested: readonly Account[] = [];
  reviews: Review[] = [];
  /** Fields of each review that GitHub does not have. */
  extra: object = {};
  commits: readonly LinkedCommit[] = [];
  /** Of the default branch. */
  history: readonly LinkedCommit[] = [];
  comments: Comment[] = [];
  statuses: { readonly sha: string; readonly state: string; readonly context: string; readonly description: string }[] =
    [];
  teams: Readonly<Record<string, readonly string[]>> = {};
  /** Newest first. Each with its statuses, newest first: a state and a time. */
  deployments: {
    readonly id: number;
    readonly sha: string;
    readonly environment: string;
    readonly by?: Account | null;
    readonly statuses: readonly (readonly [state: string, at: string])[];
  }[] = [];
  /** The open ones; `carl` opened them. */
  pulls: OpenedPull[] = [];
  /** Pushed branches in addition to the base. Undefined: any that is named. */
  branches: readonly string[] | undefined;
  /** Who may be asked to review. Undefined: everybody except the opener. */
  collaborators: readonly string[] | undefined;
  isFork = false;
  /** The token's scopes, as in GitHub's own header. */
  scopes = 'read:user, repo, user:email, workflow';
  /** Whether the token may write. */
  writes = true;
  /** Maximum entries on a page, however many are requested. */
  page = 100;
  readonly troubles: Trouble[] = [];
  readonly wrong: string[] = [];
  readonly asked: string[] = [];
  readonly tokens = new Set<string>();
  private server: Server | undefined;

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  private get account(): Account {
    return this.reader ?? this.opener;
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.server?.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** The environment of a job at this server. */
  env(): Record<string, string> {
    return { GITHUB_API_URL: this.address, GITHUB_REPOSITORY: 'acme/shop', GITHUB_TOKEN: 'ghs_secretsecretsecret' };
  }

  fail(
    status: number,
    matches: RegExp,
    times = Infinity,
    headers: Readonly<Record<string, string>> = {},
    body?: object,
  ): void {
    this.troubles.push({ status, matches, times, headers, ...(body && { body }) });
  }

  hang(matches: RegExp): void {
    this.troubles.push({ status: 0, matches, times: Infinity, hang: true });
  }

  /** The event file of a job that is started for the pull request, without the action. */
  event(number: number): object {
    const sender = accountOf(this.opener);
    const repository = GITHUB.sample('repository', { full_name: 'acme/shop', owner: accountOf({ login: 'acme' }) });
    return { number, pull_request: this.pull(number), repository, sender };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // a self-hosted server has the API below its pages
    const url = new URL((request.url ?? '/').replace(/^\/api\/v3(?=\/|$)/, ''), this.address);
    const method = request.method ?? 'GET';
    if (request.headers.accept?.includes('text/html') === true) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>a page</title>'); // for a browser
      return;
    }
    this.asked.push(`${method} ${url.pathname}`);
    this.tokens.add(request.headers.authorization ?? '');
    if (/secret/.test(request.url ?? '')) this.wrong.push('a token in an address');
    const body = await bodyOf(request);
    const send = (status: number, value?: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
        .end(value === undefined ? '' : JSON.stringify(value));
    };
    const trouble = this.troubles.find((one) => one.times > 0 && one.matches.test(`${method} ${url.pathname}`));
    if (trouble) {
      trouble.times--;
      if (trouble.hang !== true) send(trouble.status, trouble.body ?? { message: 'trouble' }, trouble.headers);
      return;
    }
    if (url.pathname === '/login/device/code') {
      send(404); // as when this way of signing in is not enabled
      return;
    }
    if (url.pathname === '/') {
      send(200, {}, { 'x-oauth-scopes': this.scopes });
      return;
    }
    const operation = GITHUB.operationFor(method, url.pathname);
    if (operation === undefined) {
      this.wrong.push(`there is no ${method} ${url.pathname}`);
      send(404, { message: 'Not Found' });
      return;
    }
    try {
      GITHUB.checkRequest(operation.name, url.searchParams, body);
      const { status, value } = this.reply(operation.name, operation.values, body, url);
      const paged = Array.isArray(value) && method === 'GET' ? this.paged(value, url) : { value, headers: {} };
      if (status < 400) GITHUB.checkAnswer(operation.name, status, paged.value);
      send(status, status === 204 ? undefined : paged.value, paged.headers);
    } catch (error) {
      this.wrong.push((error as Error).message);
      send(500, { message: 'the mock is not as GitHub' });
    }
  }

  private paged(all: readonly unknown[], url: URL): { value: unknown; headers: Record<string, string> } {
    const size = Math.min(this.page, Number(url.searchParams.get('per_page') ?? 30));
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return {
      value: all.slice((page - 1) * size, page * size),
      headers: page * size < all.length ? { link: `<${next.href}>; rel="next"` } : {},
    };
  }

  private reply(
    name: string,
    values: Readonly<Record<string, string>>,
    body: unknown,
    url: URL,
  ): { status: number; value: unknown } {
    if (!this.writes && !name.startsWith('get '))
      return { status: 403, value: { message: 'Resource not accessible by integration' } };
    switch (name) {
      case 'get /user':
        return { status: 200, value: GITHUB.sample('public-user', { login: this.account.login, id: 7, type: 'User' }) };
      case 'get /repos/{owner}/{repo}':
        return {
          status: 200,
          value: GITHUB.sample('full-repository', {
            full_name: 'acme/shop',
            fork: this.isFork,
            owner: accountOf(ACME),
          }),
        };
      case 'get /repos/{owner}/{repo}/pulls': {
        const [head, base] = ['head', 'base'].map((key) => url.searchParams.get(key)?.replace(/^acme:/, ''));
        const found = this.pulls.filter((one) => one.head === (head ?? one.head) && one.base === (base ?? one.base));
        return { status: 200, value: found.map((one) => this.opened(one, 'pull-request-simple')) };
      }
      case 'post /repos/{owner}/{repo}/pulls':
        return this.open(body as Pick<OpenedPull, 'title' | 'body' | 'draft' | 'head' | 'base'>);
      case 'patch /repos/{owner}/{repo}/pulls/{pull_number}': {
        const found = this.pulls.find(({ number }) => number === Number(values['pull_number']));
        if (!found) return { status: 404, value: { message: 'Not Found' } };
        found.body = (body as { body: string }).body;
        return { status: 200, value: this.opened(found, 'pull-request') };
      }
      case 'post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': {
        const found = this.pulls.find(({ number }) => number === Number(values['pull_number']));
        const { reviewers, team_reviewers: teams } = body as { reviewers: string[]; team_reviewers: string[] };
        const isAskable = (name: string): boolean => this.collaborators?.includes(name) ?? name !== this.opener.login;
        if (!found || !reviewers.every(isAskable) || !teams.every((name) => this.teams[`@acme/${name}`] !== undefined))
          return {
            status: 422,
            value: { message: 'Reviews may only be requested from collaborators.', documentation_url: '' },
          };
        found.reviewers = [...new Set([...found.reviewers, ...reviewers])];
        found.teams = [...new Set([...found.teams, ...teams])];
        return { status: 201, value: this.opened(found, 'pull-request-simple') };
      }
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}':
        return { status: 200, value: this.pull(Number(values['pull_number'])) };
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews':
        return {
          status: 200,
          value: this.reviews.map(({ by, state, commit, at, association = 'MEMBER' }, index) =>
            GITHUB.sample('pull-request-review', {
              id: index + 1,
              user: by && accountOf(by),
              state,
              commit_id: commit,
              submitted_at: at,
              author_association: association,
              ...this.extra,
            }),
          ),
        };
      case 'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews': {
        const { event, commit_id: commit, body: words } = body as { event: string; commit_id: string; body: string };
        if (!this.pulls.some(({ number }) => number === Number(values['pull_number'])))
          return { status: 404, value: { message: 'Not Found' } };
        if (this.account.login === this.opener.login)
          return { status: 422, value: { message: 'Can not request changes on your own pull request' } };
        this.sentReviews.push({ event, commit, body: words });
        const made = {
          id: 80,
          user: accountOf(this.account),
          state: 'CHANGES_REQUESTED',
          body: words,
          commit_id: commit,
        };
        return { status: 200, value: GITHUB.sample('pull-request-review', made) };
      }
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}/commits':
        return { status: 200, value: this.commits.map(commitOf) };
      case 'get /repos/{owner}/{repo}/commits': {
        const author = url.searchParams.get('author');
        return { status: 200, value: this.history.filter(({ login }) => login === author).map(commitOf) };
      }
      case 'get /orgs/{org}/teams/{team_slug}/members': {
        const members = this.teams[`@${values['org'] ?? ''}/${values['team_slug'] ?? ''}`];
        return members === undefined
          ? { status: 404, value: { message: 'Not Found' } }
          : { status: 200, value: members.map((login) => accountOf({ login })) };
      }
      case 'get /repos/{owner}/{repo}/issues/{issue_number}/comments':
        return { status: 200, value: this.comments.map((one) => this.comment(one)) };
      case 'post /repos/{owner}/{repo}/issues/{issue_number}/comments': {
        const made = {
          id: this.comments.length + 1,
          login: 'github-actions[bot]',
          body: (body as { body: string }).body,
        };
        this.comments.push(made);
        return { status: 201, value: this.comment(made) };
      }
      case 'patch /repos/{owner}/{repo}/issues/comments/{comment_id}': {
        const found = this.comments.find(({ id }) => id === Number(values['comment_id']));
        if (!found) return { status: 404, value: {} };
        found.body = (body as { body: string }).body;
        return { status: 200, value: this.comment(found) };
      }
      case 'post /repos/{owner}/{repo}/issues/{issue_number}/labels':
        this.labels = [...new Set([...this.labels, ...(body as { labels: string[] }).labels])];
        return { status: 200, value: this.labels.map((label) => GITHUB.sample('label', { name: label })) };
      case 'delete /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}':
        if (!this.labels.includes(values['name'] ?? '')) return { status: 404, value: {} };
        this.labels = this.labels.filter((label) => label !== values['name']);
        return { status: 200, value: this.labels.map((label) => GITHUB.sample('label', { name: label })) };
      case 'get /repos/{owner}/{repo}/deployments':
        return {
          status: 200,
          value: this.deployments.map(({ id, sha, environment, by = { login: 'ada' } }) =>
            GITHUB.sample('deployment', { id, sha, environment, creator: by && accountOf(by) }),
          ),
        };
      case 'get /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': {
        const found = this.deployments.find(({ id }) => id === Number(values['deployment_id']));
        if (!found) return { status: 404, value: { message: 'Not Found' } };
        return {
          status: 200,
          value: found.statuses.map(([state, at]) => GITHUB.sample('deployment-status', { state, created_at: at })),
        };
      }
      case 'post /repos/{owner}/{repo}/statuses/{sha}':
        this.statuses.push({
          sha: values['sha'] ?? '',
          ...(body as { state: string; context: string; description: string }),
        });
        return { status: 201, value: GITHUB.sample('status', { ...(body as object), creator: null }) };
      default:
        throw new Error(`the mock has no ${name}`);
    }
  }

  /** As GitHub does: one pull request for a pair of branches, and only if there are commits to merge. */
  private open(wanted: Pick<OpenedPull, 'title' | 'body' | 'draft' | 'head' | 'base'>): {
    status: number;
    value: unknown;
  } {
    const refusal = (...errors: readonly object[]): { status: number; value: unknown } => ({
      status: 422,
      value: { message: 'Validation Failed', errors, documentation_url: '' },
    });
    if (this.branches?.includes(wanted.head) === false)
      return refusal({ resource: 'PullRequest', field: 'head', code: 'invalid' });
    if (this.pulls.some(({ head, base }) => head === wanted.head && base === wanted.base))
      return refusal({
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for acme:${wanted.head}.`,
      });
    const made = { ...wanted, number: this.pulls.length + 7, reviewers: [], teams: [] };
    this.pulls.push(made);
    return { status: 201, value: this.opened(made, 'pull-request') };
  }

  private opened({ number, title, body, draft, head, base, reviewers, teams }: OpenedPull, schema: string): object {
    const made = this.pull(number, schema) as Record<'head' | 'base', object>;
    return {
      ...made,
      title,
      body,
      draft,
      head: { ...made.head, ref: head },
      base: { ...made.base, ref: base },
      requested_reviewers: reviewers.map((login) => accountOf({ login })),
      requested_teams: teams.map((slug) => GITHUB.sample('team', { slug, name: slug, parent: null })),
    };
  }

  private pull(number: number, schema = 'pull-request'): object {
    const made = GITHUB.sample(schema) as Record<'head' | 'base', Record<string, unknown>>;
    const repository = (name: string, over: object = {}): object =>
      GITHUB.sample('repository', {
        full_name: name,
        default_branch: 'main',
        owner: accountOf({ login: 'acme' }),
        ...over,
      });
    const side = (of: 'head' | 'base', over: object): object => ({
      ...made[of],
      user: accountOf({ login: 'acme' }),
      ...over,
    });
    return {
      ...made,
      number,
      draft: this.draft,
      user: accountOf(this.opener),
      labels: this.labels.map((label) => ({
        id: 1,
        node_id: 'x',
        url: 'https://x.example/',
        name: label,
        description: 'x',
        color: 'f',
        default: false,
      })),
      requested_reviewers: this.requested.map(accountOf),
      head: side('head', {
        sha: this.head,
        ref: 'topic',
        repo: this.fork
          ? repository('carl/shop', this.forkAddress === undefined ? {} : { clone_url: this.forkAddress })
          : repository('acme/shop'),
      }),
      base: side('base', { sha: 'b'.repeat(40), ref: this.base, repo: repository('acme/shop') }),
    };
  }

  private comment({ id, login, body }: Comment): object {
    return GITHUB.sample('issue-comment', {
      id,
      body,
      user: accountOf({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }),
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
