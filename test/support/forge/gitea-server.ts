/** A Gitea on this machine, as far as our client uses it, as versions 1.23.8 and 1.27.3 were seen to answer. */
import { DescribedServer, type Asked, type OpenedAt, type Reply } from './described-server';
import { ApiDescription } from './openapi';

const GITEA = new ApiDescription('gitea');

export interface GiteaReview {
  readonly id: number;
  /** Null: a request for a team's review. */
  readonly by: string | null;
  readonly state: 'APPROVED' | 'REQUEST_CHANGES' | 'COMMENT' | 'PENDING' | 'REQUEST_REVIEW';
  readonly commit?: string;
  readonly dismissed?: boolean;
  readonly official?: boolean;
  /** When it was submitted or changed. Default: when it was begun. */
  readonly updated?: string;
}

const NUMBERS: Readonly<Record<string, number>> = { Ghost: -1, 'gitea-actions': -2, carl: 3, ada: 4, bob: 5, zoe: 6 };
const ACCOUNT = 'gitea-actions';

export class GiteaServer extends DescribedServer {
  pulls: OpenedAt[] = [];
  opener = 'carl';
  head = 'a'.repeat(40);
  base = 'main';
  draft = false;
  fork = false;
  reviews: GiteaReview[] = [];
  commits: { readonly email: string; readonly login: string | null }[] = [];
  comments: { readonly id: number; readonly login: string; body: string }[] = [];
  /** The repository's labels, by number. */
  labels = new Map<number, string>();
  /** Numbers of those that are set. */
  set = new Set<number>();
  statuses: { readonly sha: string; readonly state: string; readonly context: string; readonly description: string }[] =
    [];
  teams: Readonly<Record<string, readonly string[]>> = {};
  /** Most entries of a page, whatever is asked for. */
  page = 30;

  constructor() {
    super(GITEA, '/api/v1');
  }

  env(): Record<string, string> {
    return {
      GITEA_ACTIONS: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: this.origin,
      GITHUB_API_URL: `${this.origin}/api/v1`,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_TOKEN: 'secretsecretsecret',
    };
  }

  private account(login: string): object {
    return GITEA.sample('User', { id: NUMBERS[login] ?? 99, login, email: `${login}@noreply.example.com` });
  }

  private opened({ number, title, body, base, head, reviewers }: OpenedAt): object {
    const place = (ref: string): object => ({ label: ref, ref, sha: 'a'.repeat(40), repo: { full_name: 'acme/shop' } });
    return {
      number,
      title,
      body,
      state: 'open',
      head: place(head),
      base: place(base),
      requested_reviewers: reviewers.map((login) => this.account(login)),
    };
  }

  protected reply({ name, values, body, url }: Asked): Reply {
    const given = body as Record<string, string>;
    const index = this.pulls.find(({ number }) => number === Number(values['index']));
    switch (name) {
      case 'get /repos/{owner}/{repo}/pulls':
        return {
          status: 200,
          value: this.paged(
            this.pulls.map((one) => ({ id: one.number, ...this.opened(one) })),
            url,
          ),
        };
      case 'post /repos/{owner}/{repo}/pulls': {
        const { title = '', body: text = '', base = '', head = '' } = given;
        const made = { number: 7, title, body: text, base, head, reviewers: [] };
        this.pulls.push(made);
        return { status: 201, value: this.opened(made) };
      }
      case 'patch /repos/{owner}/{repo}/pulls/{index}':
        if (index === undefined) return { status: 404, value: {} };
        Object.assign(index, { body: given['body'] });
        return { status: 201, value: this.opened(index) };
      case 'post /repos/{owner}/{repo}/pulls/{index}/requested_reviewers': {
        const { reviewers = [] } = body as { reviewers?: string[] };
        if (reviewers.some((login) => NUMBERS[login] === undefined))
          return { status: 404, value: { message: 'no user' } };
        index?.reviewers.push(...reviewers);
        return { status: 201, value: [] };
      }
      case 'get /user':
        return { status: 200, value: this.account(ACCOUNT) };
      case 'get /repos/{owner}/{repo}/pulls/{index}':
        return { status: 200, value: this.pull(Number(values['index'])) };
      case 'get /repos/{owner}/{repo}/pulls/{index}/reviews':
        // this list does not name the next page
        return {
          status: 200,
          value: this.paged(
            this.reviews.map((one) => this.review(one)),
            url,
          ),
        };
      case 'get /repos/{owner}/{repo}/pulls/{index}/commits':
        return {
          status: 200,
          value: this.paged(this.commits, url).map(({ email, login }) => ({
            sha: email,
            commit: { author: { name: 'x', email, date: '2025-01-01T00:00:00Z' }, committer: null, message: 'm' },
            author: login === null ? null : this.account(login),
            committer: null,
          })),
        };
      case 'get /orgs/{org}/teams/search': {
        const part = (url.searchParams.get('q') ?? '').toLowerCase();
        const found = Object.keys(this.teams)
          .map((team, index) => ({ id: index + 1, name: team.split('/')[1] ?? '', permission: 'write' }))
          .filter((one) => one.name.toLowerCase().includes(part));
        return { status: 200, value: { data: found, ok: true } };
      }
      case 'get /teams/{id}/members': {
        const members = Object.values(this.teams)[Number(values['id']) - 1];
        return members === undefined
          ? { status: 403, value: { message: 'Must be a team member' } }
          : {
              status: 200,
              value: this.paged(
                members.map((login, index) => ({ ...this.account(login), id: index + 50 })),
                url,
              ),
            };
      }
      case 'get /repos/{owner}/{repo}/issues/{index}/comments':
        return { status: 200, value: this.comments.map((one) => this.comment(one)) };
      case 'post /repos/{owner}/{repo}/issues/{index}/comments': {
        const made = { id: this.comments.length + 1, login: ACCOUNT, body: (body as { body: string }).body };
        this.comments.push(made);
        return { status: 201, value: this.comment(made) };
      }
      case 'patch /repos/{owner}/{repo}/issues/comments/{id}': {
        const found = this.comments.find(({ id }) => id === Number(values['id']));
        if (!found) return { status: 404, value: {} };
        found.body = (body as { body: string }).body;
        return { status: 200, value: this.comment(found) };
      }
      case 'get /repos/{owner}/{repo}/labels':
        return {
          status: 200,
          value: this.paged(
            [...this.labels].map(([id, label]) => ({ id, name: label })),
            url,
          ),
        };
      case 'post /repos/{owner}/{repo}/labels': {
        const id = this.labels.size + 1;
        const made = (body as { name: string }).name;
        this.labels.set(id, made);
        return { status: 201, value: { id, name: made } };
      }
      case 'get /repos/{owner}/{repo}/issues/{index}/labels':
        return { status: 200, value: this.shown() };
      case 'post /repos/{owner}/{repo}/issues/{index}/labels':
        // what is no number of a label is passed over in silence
        for (const label of (body as { labels: unknown[] }).labels)
          if (typeof label === 'number' && this.labels.has(label)) this.set.add(label);
        return { status: 200, value: this.shown() };
      case 'delete /repos/{owner}/{repo}/issues/{index}/labels/{id}':
        return this.set.delete(Number(values['id'])) ? { status: 204 } : { status: 404, value: {} };
      case 'get /repos/{owner}/{repo}/statuses/{sha}':
        // the latest second first, and those of one second from the oldest on; `id` counts the statuses of this commit
        return {
          status: 200,
          value: this.paged(
            this.statuses
              .filter(({ sha }) => sha === values['sha'])
              .map(({ state, context, description }, index) => ({
                id: index + 1,
                status: state,
                context,
                description,
              })),
            url,
          ),
        };
      case 'post /repos/{owner}/{repo}/statuses/{sha}': {
        const given = body as { state: string; context: string; description: string };
        this.statuses.push({ sha: values['sha'] ?? '', ...given });
        return { status: 201, value: { id: 1, status: given.state, context: given.context } };
      }
      default:
        throw new Error(`the mock has no ${name}`);
    }
  }

  private paged<T>(all: readonly T[], url: URL): readonly T[] {
    const size = Math.min(this.page, Number(url.searchParams.get('limit') ?? 30));
    const page = Number(url.searchParams.get('page') ?? 1);
    return all.slice((page - 1) * size, page * size);
  }

  private shown(): readonly object[] {
    return [...this.set].map((id) => ({ id, name: this.labels.get(id) ?? '' }));
  }

  private comment({ id, login, body }: GiteaServer['comments'][number]): object {
    return { id, body, user: this.account(login) };
  }

  private review({
    id,
    by,
    state,
    commit = this.head,
    dismissed = false,
    official = true,
    updated,
  }: GiteaReview): object {
    const begun = `2025-01-01T00:00:${String(id % 60).padStart(2, '0')}Z`;
    return {
      id,
      user: by === null ? null : this.account(by),
      team: by === null ? { id: 1, name: 'seniors' } : null,
      state,
      commit_id: state === 'REQUEST_REVIEW' ? '' : commit,
      submitted_at: begun,
      updated_at: updated ?? begun,
      dismissed,
      stale: false,
      official,
      body: '',
    };
  }

  private pull(number: number): object {
    const repository = (full: string): object => ({
      id: 1,
      full_name: full,
      default_branch: 'main',
      clone_url: `https://gitea.example/${full}.git`,
    });
    return {
      id: number,
      number,
      draft: this.draft,
      user: this.account(this.opener),
      labels: this.shown(),
      // who has reviewed stays in this list
      requested_reviewers: [...new Set(this.reviews.flatMap(({ by }) => by ?? []))].map((login) => this.account(login)),
      head: { ref: 'topic', sha: this.head, repo: repository(this.fork ? 'carl/shop' : 'acme/shop') },
      base: { ref: this.base, sha: 'b'.repeat(40), repo: repository('acme/shop') },
    };
  }
}
