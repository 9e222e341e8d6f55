/**
 * A scripted model on loopback. A {@link Wire} contains the differences between vendors' APIs.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Script, type Answer } from './script';
import type { ToolResult, Turn } from './turns';

/** Results of calls, by id. */
export type Results = ReadonlyMap<string, { readonly text: string; readonly failed: boolean }>;

/** A request's body. From the agent under test; every field is checked where it is used. */
export type Body = Readonly<Record<string, unknown>>;

export interface Wire {
  /** Whether a POST to this path is for the model. */
  readonly isModel: (pathname: string) => boolean;
  /** The model that the request names. */
  readonly modelOf: (body: Body, pathname: string) => string | undefined;
  /** Names of the tools that it offers. */
  readonly toolsOf: (body: Body) => readonly string[];
  /** How the conversation began, where subagents have conversations of their own. */
  readonly openingOf?: (body: Body) => string;
  readonly resultsIn: (body: Body) => Results;
  /** `id` is new for each answer. */
  readonly send: (response: ServerResponse, body: Body, answer: Answer, id: string, pathname: string) => void;
}

export class ScriptedModel {
  /** Unexpected requests, as `METHOD PATH`, and errors of the server itself. */
  readonly surprises: string[] = [];
  /** Models that the main conversation named. */
  readonly models = new Set<string>();
  /** The last request of the main conversation, complete: everything that the model was told, as JSON. */
  heard = '';
  private script: Script | undefined;
  private parts: ReadonlyMap<string, Script> = new Map();
  private answers = 0;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly server: Server,
    private readonly wire: Wire,
    private readonly mainTool: string | null,
  ) {}

  /**
   * Only the main conversation offers `mainTool` (null: any tool); agents make other requests too, for titles and the
   * like.
   */
  static async start(wire: Wire, mainTool: string | null): Promise<ScriptedModel> {
    const server = createServer();
    const model = new ScriptedModel(server, wire, mainTool);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      model.handle(request, response).catch((error: unknown) => {
        model.surprises.push(String(error));
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: { message: String(error), type: 'server_error' } });
      });
    });
    // nobody needs a WebSocket here; clients fall back to HTTP
    server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port, so the address is one
    return `http://127.0.0.1:${String(port)}`;
  }

  /** What the main conversation gets from now on; `parts`: those that begin with {@link partMark}. */
  play(turns: readonly Turn[], parts: ReadonlyMap<string, readonly Turn[]> = new Map()): void {
    this.script = new Script(turns);
    this.parts = new Map([...parts].map(([name, own]) => [name, new Script(own)]));
    this.models.clear();
  }

  get results(): readonly ToolResult[] {
    return [...(this.script?.results ?? []), ...[...this.parts.values()].flatMap((part) => part.results)];
  }

  get finished(): boolean {
    return this.script?.finished === true && [...this.parts.values()].every((part) => part.finished);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'HEAD' || (request.method === 'GET' && pathname === '/'))
      return void response.writeHead(200).end();
    if (request.method === 'GET') {
      sendJson(response, /\/models(?:\/|$)/.test(pathname) ? 200 : 404, { object: 'list', data: [], models: [] });
      return;
    }
    if (/count_?tokens$/i.test(pathname)) {
      sendJson(response, 200, { input_tokens: 100, totalTokens: 100 });
      return;
    }
    if (request.method !== 'POST' || !this.wire.isModel(pathname)) {
      this.surprises.push(`${request.method ?? ''} ${pathname}`);
      sendJson(response, 404, { error: { type: 'not_found_error', message: 'not part of this test model' } });
      return;
    }
    const body = JSON.parse(text) as Body; // see `Body`
    this.wire.send(response, body, await this.answerTo(body, pathname), String(this.answers++), pathname);
  }

  private async answerTo(body: Body, pathname: string): Promise<Answer> {
    const { wire } = this;
    const tools = wire.toolsOf(body);
    const part = PART.exec(wire.openingOf?.(body) ?? '')?.[1];
    const script = part === undefined ? this.script : this.parts.get(part);
    if (!script || !(this.mainTool === null ? tools.length > 0 : tools.includes(this.mainTool)))
      return { say: wantsJson(body) ? '{"title":"Test"}' : 'Test', calls: [] };
    if (part === undefined) this.heard = JSON.stringify(body);
    const model = wire.modelOf(body, pathname);
    if (model !== undefined) this.models.add(model);
    const results = wire.resultsIn(body);
    const next = this.turn.then(() => script.next((id) => results.get(id)));
    this.turn = next.catch(() => undefined);
    return next;
  }
}

const PART = /\[part (\w+)\]/;
/** In the prompt of a subagent: which part it plays. */
export const partMark = (name: string): string => `[part ${name}]`;

const wantsJson = (body: Body): boolean =>
  /"(?:json_schema|application\/json)"/.test(
    JSON.stringify([body['output_config'], body['response_format'], body['text'], body['generationConfig']]),
  );

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // no encoding is set, so these are buffers
  const bytes = Buffer.concat(parts);
  const encoding = request.headers['content-encoding'];
  return (encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'br' ? brotliDecompressSync(bytes) : bytes).toString(
    'utf8',
  );
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Begins a streamed answer; the returned function sends one event. */
export function startEvents(response: ServerResponse): (data: unknown, event?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  return (data, event) =>
    void response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`);
}

export const objects = (value: unknown): readonly Body[] =>
  Array.isArray(value) ? value.filter((one): one is Body => typeof one === 'object' && one !== null) : [];

/** The text of a value that may be a string, or parts with texts. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textIn).join('');
  if (typeof value !== 'object' || value === null) return '';
  const part = value as Body;
  return textIn(part['text'] ?? part['content'] ?? part['output'] ?? part['error'] ?? '');
}
