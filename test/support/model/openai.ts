/**
 * A scripted model on loopback that speaks OpenAI's Chat Completions, streaming and not: https://platform.openai.com/docs/api-reference/chat
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script, type Answer } from './script';
import type { ToolResult, Turn } from './turns';

/** As much of a request as is looked at. */
interface Request {
  readonly model?: string;
  readonly stream?: boolean;
  readonly tools?: readonly unknown[];
  readonly messages?: readonly { readonly content?: string | readonly Part[] | null; readonly tool_call_id?: string }[];
}

interface Part {
  readonly text?: string;
}

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

export class OpenAiModel {
  /** Errors of the server itself. */
  readonly surprises: string[] = [];
  private script: Script | undefined;
  private scripts = 0;
  private answers = 0;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OpenAiModel> {
    const server = createServer();
    const model = new OpenAiModel(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      model.handle(request, response).catch((error: unknown) => {
        model.surprises.push(String(error));
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: { message: String(error), type: 'server_error' } });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  /** The address of the API, ending in `/v1`. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port, so the address is one
    return `http://127.0.0.1:${String(port)}/v1`;
  }

  /** What the conversation gets from now on. */
  play(turns: readonly Turn[]): void {
    this.script = new Script(turns, `o${String(this.scripts++)}`);
  }

  /** What the agent told about the calls. This protocol has no place for failure: it is in the text, and `failed` is false. */
  get results(): readonly ToolResult[] {
    return this.script?.results ?? [];
  }

  get finished(): boolean {
    return this.script?.finished === true;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (request.method !== 'POST') {
      sendJson(response, 200, { object: 'list', data: [{ id: 'scripted-1', object: 'model' }] });
      return;
    }
    const asked = JSON.parse(body) as Request; // from the agent under test; every field is checked where it is used
    const answer = await this.answerTo(asked);
    send(response, asked, answer, `chatcmpl-${String(this.answers++)}`);
  }

  /** The conversation is what offers tools; besides it agents ask for titles and the like. */
  private async answerTo(asked: Request): Promise<Answer> {
    const { script } = this;
    if (!script || !asked.tools?.length) return { say: 'Test', calls: [] };
    const results = resultsIn(asked);
    const next = this.turn.then(() => script.next((id) => results.get(id)));
    this.turn = next.catch(() => undefined);
    return next;
  }
}

function resultsIn(asked: Request): Map<string, { text: string; failed: boolean }> {
  const found = new Map<string, { text: string; failed: boolean }>();
  for (const { tool_call_id: id, content } of asked.messages ?? []) {
    if (id === undefined) continue;
    const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
    found.set(id.replace(/__vscode-\d+$/, ''), { text, failed: false }); // VS Code makes the id unique with a number of its own
  }
  return found;
}

function send(response: ServerResponse, asked: Request, answer: Answer, id: string): void {
  const calls = answer.calls.map((call, index) => ({ index, id: call.id, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.input) } }));
  const finish = calls.length > 0 ? 'tool_calls' : 'stop';
  const common = { id, created: Math.floor(Date.now() / 1000), model: asked.model };
  if (asked.stream !== true) {
    const message = { role: 'assistant', content: answer.say ?? null, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    sendJson(response, 200, { ...common, object: 'chat.completion', usage: USAGE, choices: [{ index: 0, finish_reason: finish, message }] });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const chunk = (delta: object, end: string | null = null): void => {
    const data = { ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: end }], ...(end === null ? {} : { usage: USAGE }) };
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  chunk({ role: 'assistant', content: '' });
  if (answer.say !== undefined) chunk({ content: answer.say });
  for (const call of calls) chunk({ tool_calls: [call] });
  chunk({}, finish);
  response.end('data: [DONE]\n\n');
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // no encoding is set, so these are buffers
  return Buffer.concat(parts).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
