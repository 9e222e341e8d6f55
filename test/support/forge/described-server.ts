/**
 * A forge on this machine whose every request and response is checked against the forge's own description: differences
 * are collected in `wrong`, which a test checks in the end.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiDescription } from './openapi';

export interface Reply {
  readonly status: number;
  readonly value?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  /** As `get /path/{name}`. */
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}

/** A pull request that was opened here. */
export interface OpenedAt {
  readonly number: number;
  readonly title: string;
  body: string;
  readonly base: string;
  readonly head: string;
  reviewers: string[];
}

export abstract class DescribedServer {
  readonly wrong: string[] = [];
  readonly asked: string[] = [];
  readonly tokens = new Set<string>();
  /** Whether the token may write. */
  writes = true;
  /** Names in a query that the forge describes once for all lists, and not with each. */
  protected readonly everywhere: readonly string[] = [];
  /** Names in a body that the forge takes, and its description lacks. */
  protected readonly undescribed: readonly string[] = [];
  private readonly troubles: { readonly status: number; readonly matches: RegExp }[] = [];
  private server: Server | undefined;

  protected constructor(
    protected readonly description: ApiDescription,
    /** Where the API is below the server's address, such as `/api/v1`. */
    private readonly place: string,
  ) {}

  protected abstract reply(asked: Asked): Reply | Promise<Reply>;

  /** What is sent of an answer that the description accepts, where the forge differs from it. */
  protected sent(value: unknown): unknown {
    return value;
  }

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.server?.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  fail(status: number, matches: RegExp): void {
    this.troubles.push({ status, matches });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const method = request.method ?? 'GET';
    const body = await bodyOf(request);
    const send = ({ status, value, headers = {} }: Reply): void => {
      const page = typeof value === 'string';
      response
        .writeHead(status, {
          'content-type': `${page ? 'text/html' : 'application/json'}; charset=utf-8`,
          ...headers,
        })
        .end(page ? value : value === undefined ? '' : JSON.stringify(value));
    };
    const path = url.pathname.startsWith(this.place) ? url.pathname.slice(this.place.length) : '';
    this.asked.push(`${method} ${path}`);
    this.tokens.add(request.headers.authorization ?? '');
    if (/secret/.test(request.url ?? '')) this.wrong.push('a token in an address');
    const trouble = this.troubles.find((one) => one.matches.test(`${method} ${path}`));
    if (trouble) {
      send({ status: trouble.status, value: { message: 'trouble' } });
      return;
    }
    const operation = this.description.operationFor(method, path);
    if (operation === undefined) {
      this.wrong.push(`there is no ${method} ${url.pathname}`);
      send({ status: 404, value: {} });
      return;
    }
    try {
      const query = new URLSearchParams(url.search);
      for (const name of this.everywhere) query.delete(name);
      const described =
        typeof body === 'object' && body !== null && !Array.isArray(body)
          ? Object.fromEntries(Object.entries(body).filter(([key]) => !this.undescribed.includes(key)))
          : body;
      this.description.checkRequest(operation.name, query, described);
      const answer =
        method !== 'GET' && !this.writes
          ? { status: 403, value: { message: 'no' } }
          : await this.reply({ ...operation, body, url, headers: request.headers });
      // a page is for people, whatever the description says
      if (answer.status < 300 && typeof answer.value !== 'string')
        this.description.checkAnswer(operation.name, answer.status, answer.value);
      send({ ...answer, value: this.sent(answer.value) });
    } catch (error) {
      this.wrong.push((error as Error).message);
      send({ status: 500, value: { message: 'not as the forge' } });
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
