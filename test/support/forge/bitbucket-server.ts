/** Bitbucket Cloud on this machine, as far as our client uses it. */
import { DescribedServer, type Asked, type OpenedAt, type Reply } from './described-server';
import { ApiDescription } from './openapi';

const BITBUCKET = new ApiDescription('bitbucket-cloud');

interface Participant {
  readonly by: string;
  readonly approved?: boolean;
  readonly state?: 'approved' | 'changes_requested' | null;
}

const COMMIT = /\/repositories\/\{workspace\}\/\{repo_slug\}/;

/** An account's UUID: the name in hexadecimal digits. */
export const uuidOf = (login: string): string =>
  `b17b0c4e-0000-4000-8000-${Buffer.from(login).toString('hex').padStart(12, '0').slice(-12)}`;

export class BitbucketServer extends DescribedServer {
  pulls: OpenedAt[] = [];
  opener: string | null = 'carl';
  head = 'b'.repeat(40);
  base = 'main';
  fork = false;
  draft = false;
  participants: Participant[] = [];
  commits: { readonly hash: string; readonly raw: string; readonly user: string | null }[] = [
    { hash: 'b'.repeat(40), raw: 'Carl <carl@example.com>', user: 'carl' },
    { hash: 'a'.repeat(40), raw: 'Nobody', user: null },
  ];
  /** Newest first. */
  activity: (
    | { readonly pushed: string; readonly at: string }
    | { readonly approved: string; readonly at: string }
    | { readonly said: string }
  )[] = [
    { pushed: 'b'.repeat(40), at: '2025-01-01T03:00:00Z' },
    { pushed: 'a'.repeat(40), at: '2025-01-01T01:00:00Z' },
  ];
  comments: { readonly id: number; readonly author: string; text: string; readonly deleted?: boolean }[] = [];
  statuses: Record<string, unknown>[] = [];
  protected override readonly everywhere = ['page'];
  protected override readonly undescribed = ['description', 'draft'];
  me = 'robot';
  page = 10;
  /** Where pages say that the next one is. */
  elsewhere: string | undefined;

  constructor() {
    super(BITBUCKET, '/2.0');
  }

  env(): Record<string, string> {
    return {
      BITBUCKET_BUILD_NUMBER: '5',
      BITBUCKET_REPO_FULL_NAME: 'acme/shop',
      LINEKEEPER_BITBUCKET_URL: `${this.origin}/2.0`,
      LINEKEEPER_BITBUCKET_TOKEN: 'secretsecretsecret',
    };
  }

  private opened({ number, title, body, base, head, reviewers }: OpenedAt): object {
    const place = (name: string): object => ({
      branch: { name },
      repository: { type: 'repository', full_name: 'acme/shop' },
    });
    return {
      type: 'pullrequest',
      id: number,
      title,
      summary: { raw: body },
      source: place(head),
      destination: place(base),
      reviewers: reviewers.map((uuid) => ({ type: 'user', uuid: `{${uuid}}` })),
    };
  }

  private account(login: string): object {
    return {
      type: login === 'robot' ? 'app_user' : 'user',
      ...(login !== 'gone' && { uuid: `{${uuidOf(login)}}`, account_id: `557058:${login}` }),
      display_name: `${login.toUpperCase()} of Acme`,
    };
  }

  protected reply({ name, values, body, url }: Asked): Reply {
    const given = body as Record<string, unknown>;
    switch (name.replace(COMMIT, '')) {
      case 'get ':
        return {
          status: 200,
          value: { type: 'repository', full_name: 'acme/shop', mainbranch: { type: 'branch', name: 'main' } },
        };
      case 'get /pullrequests':
        return {
          status: 200,
          value: this.paged(
            this.pulls.map((one) => this.opened(one)),
            url,
          ),
        };
      case 'post /pullrequests': {
        const at = (end: string): string => (given[end] as { branch: { name: string } }).branch.name;
        const made = {
          number: 7,
          title: String(given['title']),
          body: textIn(given),
          base: at('destination'),
          head: at('source'),
          reviewers: uuidsIn(given),
        };
        this.pulls.push(made);
        return { status: 201, value: this.opened(made) };
      }
      case 'put /pullrequests/{pull_request_id}': {
        const found = this.pulls.find(({ number }) => number === Number(values['pull_request_id']));
        if (found === undefined) return { status: 404, value: { type: 'error' } };
        Object.assign(found, { body: textIn(given), reviewers: uuidsIn(given) });
        return { status: 200, value: this.opened(found) };
      }
      case 'get /pullrequests/{pull_request_id}':
        if (this.pulls[0]) return { status: 200, value: this.opened(this.pulls[0]) };
        return { status: 200, value: this.pull(Number(values['pull_request_id'])) };
      case 'get /pullrequests/{pull_request_id}/activity':
        return {
          status: 200,
          value: this.paged(
            this.activity.map((one) => this.event(one)),
            url,
          ),
        };
      case 'get /pullrequests/{pull_request_id}/commits':
        return {
          status: 200,
          value: this.paged(
            this.commits.map(({ hash, raw, user }) => ({
              type: 'commit',
              hash,
              author: { type: 'author', raw, ...(user !== null && { user: this.account(user) }) },
            })),
            url,
          ),
        };
      case 'get /pullrequests/{pull_request_id}/comments':
        return {
          status: 200,
          value: this.paged(
            this.comments.map((one) => this.comment(one)),
            url,
          ),
        };
      case 'post /pullrequests/{pull_request_id}/comments': {
        const made = { id: this.comments.length + 1, author: this.me, text: rawIn(given) };
        this.comments.push(made);
        return { status: 201, value: this.comment(made) };
      }
      case 'put /pullrequests/{pull_request_id}/comments/{comment_id}': {
        const found = this.comments.find(({ id }) => id === Number(values['comment_id']));
        // only its author may change a comment
        if (found?.author !== this.me) return { status: 403, value: { type: 'error', error: { message: 'no' } } };
        found.text = rawIn(given);
        return { status: 200, value: this.comment(found) };
      }
      case 'post /commit/{commit}/statuses/build':
        this.statuses.push({ ...given, commit: values['commit'] });
        return { status: 201, value: { type: 'build', key: given['key'], state: given['state'] } };
      default:
        throw new Error(`the mock has no ${name}`);
    }
  }

  private paged(all: readonly unknown[], url: URL): object {
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(this.elsewhere ?? url);
    next.searchParams.set('page', String(page + 1));
    return {
      pagelen: this.page,
      values: all.slice((page - 1) * this.page, page * this.page),
      ...(page * this.page < all.length && { next: next.href }),
    };
  }

  private pull(number: number): object {
    const place = (branch: string, hash: string, full: string): object => ({
      branch: { name: branch },
      commit: { hash: hash.slice(0, 12) },
      repository: { type: 'repository', full_name: full },
    });
    return {
      type: 'pullrequest',
      id: number,
      state: 'OPEN',
      draft: this.draft,
      author: this.opener === null ? null : this.account(this.opener),
      source: place('topic', this.head, this.fork ? 'carl/shop' : 'acme/shop'),
      destination: place(this.base, 'c'.repeat(40), 'acme/shop'),
      participants: this.participants.map(({ by, approved = false, state }) => ({
        type: 'participant',
        role: 'REVIEWER',
        user: this.account(by),
        approved,
        state: state ?? (approved ? 'approved' : null),
      })),
    };
  }

  private event(one: BitbucketServer['activity'][number]): object {
    if ('pushed' in one)
      return { update: { date: one.at, state: 'OPEN', source: { commit: { hash: one.pushed.slice(0, 12) } } } };
    if ('approved' in one) return { approval: { date: one.at, user: this.account(one.approved) } };
    return { comment: { id: 1, content: { raw: one.said } } };
  }

  private comment({ id, author, text, deleted = false }: BitbucketServer['comments'][number]): object {
    return { type: 'pullrequest_comment', id, deleted, content: { raw: text }, user: this.account(author) };
  }
}

const textIn = (given: Record<string, unknown>): string => (given['summary'] as { raw: string }).raw;

const uuidsIn = (given: Record<string, unknown>): string[] =>
  (given['reviewers'] as { uuid: string }[]).map(({ uuid }) => uuid.slice(1, -1));

const rawIn = (given: Record<string, unknown>): string => (given['content'] as { raw: string }).raw;
