/**
 * Requests to a forge's REST API: pages, retries, rate limits and time-outs. GitHub's own client serves all forges.
 * It takes 18 KB packed; GitLab's client would take 62 KB for six calls.
 */
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling, type ThrottlingOptions } from '@octokit/plugin-throttling';
import { ForgeError } from './forge-error';
import { z } from 'zod';

/** How long to wait for a forge. Milliseconds. */
export interface Patience {
  /** For one answer. */
  readonly answer: number;
  /** Between two attempts, longer each time. */
  readonly between: number;
  /** For a rate limit to end. */
  readonly limit: number;
  /** How often a request is retried. */
  readonly retries: number;
}

const PATIENCE: Patience = { answer: 30_000, between: 1_000, limit: 60_000, retries: 3 };

/** At most this many pages of 100 are read. */
const MOST_PAGES = 50;
/** Largest response (bytes). */
const LARGEST = 32 * 1024 * 1024;

interface Server {
  /** Base address of the API, such as `https://api.github.com`. Never with a user or a password. */
  readonly address: string;
  /** The header that authenticates. */
  readonly header: readonly [string, string];
  readonly patience?: Partial<Patience>;
}

export interface Transport {
  readonly host: string;
  /**
   * The response's data. `route` is for example `GET /projects/{id}`; what is not in it is the query or the body, of
   * which `data` may be the whole. Throws a {@link ForgeError}.
   */
  readonly ask: (route: string, values: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** All pages of a list. Throws a {@link ForgeError}. */
  readonly list: (route: string, values: Readonly<Record<string, unknown>>) => Promise<readonly unknown[]>;
  /** Requests sent so far. */
  readonly requests: () => number;
}

/** Names of values that the client takes for its own: one called `url` would send the token there. */
const OPTIONS: readonly string[] = ['baseUrl', 'headers', 'mediaType', 'method', 'request', 'url'];

type Queues = Pick<ThrottlingOptions & object, 'write' | 'notifications'>;

/**
 * In the place of the client's queues, of which it only uses `key` and `schedule`. They make requests that write wait for
 * each other, a second, or three where people are notified. GitHub asks that of programs that send many
 * (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api): a job here sends a handful.
 */
const AT_ONCE = { key: () => ({ schedule: (_options: unknown, work: () => unknown) => work() }) };
const UNPACED = { write: AT_ONCE, notifications: AT_ONCE } as unknown as Queues;

const Client = Octokit.plugin(paginateRest, throttling, retry);

/** Nothing that the client logs may reach a log: addresses and headers stay here. */
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function transportTo({ address, header: [name, value], patience: ownPatience }: Server): Transport {
  const patience = { ...PATIENCE, ...ownPatience };
  const { host } = new URL(address);
  let sent = 0;
  /** The last request failed however often it was sent: a job waits for that once, and not again for each request. */
  let isDown = false;
  const retries = (): { request?: { retries: number } } => (isDown ? { request: { retries: 0 } } : {});
  const limited = (seconds: number, _options: unknown, _client: unknown, count: number): boolean =>
    seconds * 1000 <= patience.limit && count < 1;
  const client = new Client({
    baseUrl: address.replace(/\/+$/, ''),
    userAgent: 'linekeeper',
    log: SILENT,
    throttle: { onRateLimit: limited, onSecondaryRateLimit: limited, ...UNPACED },
    retry: {
      doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451],
      retryAfterBaseValue: patience.between,
      retries: patience.retries,
    },
    request: {
      fetch: async (url: string, options: RequestInit): Promise<Response> => {
        sent++;
        // A redirect could send the token to another server.
        const answer = await fetch(url, {
          ...options,
          redirect: 'manual',
          signal: AbortSignal.timeout(patience.answer),
        });
        if (Number(answer.headers.get('content-length') ?? 0) > LARGEST)
          throw new ForgeError('answer', `${host} sent an answer that is too large.`);
        return answer;
      },
    },
  });
  client.hook.before(
    'request',
    (options) => void (options.headers = { ...options.headers, accept: 'application/json', [name]: value }),
  );
  client.hook.after('request', ({ status }) => {
    if (status >= 300 && status !== 304)
      throw new ForgeError(
        'moved',
        `${host} says that this repository is at another address now. Point the remote there: git remote set-url NAME ADDRESS`,
      );
  });
  const onlyValues = (values: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const reserved = Object.keys(values).find((name) => OPTIONS.includes(name));
    if (reserved !== undefined) throw new Error(`"${reserved}" would change the request itself: put it below "data"`);
    return { ...values };
  };
  const explaining = async <T>(route: string, work: () => Promise<T>): Promise<T> => {
    try {
      const answer = await work();
      isDown = false;
      return answer;
    } catch (error) {
      const reason = explained(error, { host, route, secret: value });
      isDown = reason.reason === 'unreachable';
      throw reason;
    }
  };
  return {
    host,
    ask: async (route, values) => {
      const body = onlyValues(values);
      return explaining(route, async () => (await client.request(route, { ...body, ...retries() })).data as unknown);
    },
    list: (route, values) =>
      explaining(route, async () => {
        const all: unknown[] = [];
        let pages = 0;
        for await (const { data } of client.paginate.iterator(route, { ...values, per_page: 100, ...retries() })) {
          if (!Array.isArray(data))
            throw new ForgeError('answer', `${host} answered with something else than a list (${route}).`);
          all.push(...data);
          if (++pages >= MOST_PAGES)
            throw new ForgeError(
              'answer',
              `${host} has more than ${String(MOST_PAGES * 100)} entries for one list (${route}), which is more than can be looked at.`,
            );
        }
        return all;
      }),
    requests: () => sent,
  };
}

/** The failure as people can act on it. It repeats nothing of the request but its route, which contains no values. */
function explained(
  error: unknown,
  { host, route, secret }: { readonly host: string; readonly route: string; readonly secret: string },
): ForgeError {
  const inside = ownError(error);
  if (inside) return inside;
  const {
    status = 0,
    response,
    message = '',
  } = error as {
    status?: number;
    response?: { headers?: Readonly<Record<string, string | undefined>>; data?: unknown };
    message?: string;
  };
  if (response === undefined)
    return new ForgeError('unreachable', `${host} did not answer in time, or could not be reached (${route}).`);
  const refusal = { status, words: wordsIn(response.data, secret) };
  const refused = (reason: ForgeError['reason'], text: string): ForgeError => new ForgeError(reason, text, refusal);
  const limited =
    status === 429 ||
    (status === 403 &&
      (response.headers?.['x-ratelimit-remaining'] === '0' ||
        response.headers?.['retry-after'] !== undefined ||
        /rate limit/i.test(message)));
  if (limited)
    return refused(
      'rate-limit',
      `${host} refuses further requests for now: its rate limit is used up (${route}). Run this again later.`,
    );
  if (status === 401)
    return refused(
      'not-allowed',
      `${host} does not accept the token (401 for ${route}). Check that it is set and has not expired.`,
    );
  if (status === 403) return refused('not-allowed', `The token may not do this at ${host} (403 for ${route}).`);
  if (status === 404)
    return refused('not-found', `${host} has no such thing, or the token may not see it (404 for ${route}).`);
  if (status >= 500) return refused('unreachable', `${host} failed (${String(status)} for ${route}).`);
  return refused('answer', `${host} refused the request (${String(status)} for ${route}).`);
}

/** Our own error, however often the client has wrapped it. */
function ownError(error: unknown): ForgeError | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth++)
    if (each instanceof ForgeError) return each;
  return undefined;
}

const LONGEST = 200;

/**
 * GitHub: `{message, errors: [{message} | {field, code} | text]}`; GitLab: `{message: text | texts | {field: texts}}`
 * or `{error}`.
 */
const schema = z.object({
  message: z.unknown().optional(),
  error: z.unknown().optional(),
  errors: z.array(z.unknown()).optional(),
});

const detailed = z.object({
  message: z.string().optional(),
  field: z.string().optional(),
  code: z.string().optional(),
});

/** One line; `secret` is removed in case a server repeats it. Empty when there is no message in a known form. */
function wordsIn(data: unknown, secret: string): string {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return '';
  const { message, error, errors = [] } = parsed.data;
  const words = [...(errors.length === 0 ? [...textsIn(message), ...textsIn(error)] : errors.flatMap(detailOf))];
  const line = [...new Set(words.length === 0 ? textsIn(message) : words)].join('; ');
  const token = secret.replace(/^\w+ /, '');
  return [...(token === '' ? line : line.replaceAll(token, '…')).replace(/[\p{C}\s]+/gu, ' ').trim()]
    .slice(0, LONGEST)
    .join('');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, texts]) => textsIn(texts).map((text) => `${field} ${text}`));
}

function detailOf(value: unknown): readonly string[] {
  const parsed = detailed.safeParse(value);
  if (!parsed.success) return textsIn(value);
  const { message, field, code } = parsed.data;
  return message === undefined ? [[field, code].filter((word) => word !== undefined).join(' ')] : [message];
}
