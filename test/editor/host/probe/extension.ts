/**
 * A test's window into the extension host. It listens on loopback and answers only requests that carry the token of the
 * run; without the run's environment it does nothing.
 */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import * as vscode from 'vscode';
import type { ProbeAnswer, ProbeEvent, ProbeRequest } from './events';
import { Measuring } from './measure';
import { record } from './record';
import { Tap } from './tap';

export function activate(context: vscode.ExtensionContext): void {
  const file = process.env['LINEKEEPER_PROBE_FILE'];
  const token = process.env['LINEKEEPER_PROBE_TOKEN'];
  if (!file || !token) return;
  const measured = process.env['LINEKEEPER_PROBE_MEASURE'];
  const measuring = measured === undefined ? undefined : new Measuring(measured);
  const tapped = process.env['LINEKEEPER_PROBE_TAP'];
  const tap = tapped === undefined ? undefined : new Tap(tapped);
  const events: ProbeEvent[] = [];
  record(context, (event) => events.push(event));
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close'); // one that is kept may be closed just as the next request is sent on it
    if (request.headers['x-token'] !== token) {
      response.writeHead(403).end();
      return;
    }
    void answer(request, { events, measuring, tap }).then((told) => response.end(JSON.stringify(told)));
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') writeFileSync(file, String(address.port));
  });
  context.subscriptions.push({ dispose: () => server.close() });
}

interface Sources {
  readonly events: readonly ProbeEvent[];
  readonly measuring: Measuring | undefined;
  readonly tap: Tap | undefined;
}

async function answer(request: IncomingMessage, { events, measuring, tap }: Sources): Promise<ProbeAnswer> {
  try {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += String(part);
    const asked = JSON.parse(body) as ProbeRequest;
    if ('measure' in asked)
      return measuring
        ? { value: await measuring.answer(asked.measure) }
        : { error: 'nothing is measured in this run' };
    if ('told' in asked)
      return tap
        ? { value: asked.told === 'standing' ? tap.standing() : tap.since(asked.told) }
        : { error: 'nothing is recorded in this run' };
    return { value: 'events' in asked ? events.slice(asked.events) : await evaluate(asked.code, asked.arg) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** `code` is the source of a function of `(vscode, arg)`. Test runners that keep function names call `__name` in it. */
function evaluate(code: string, arg: unknown): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a test's own functions are what it is for
  const make = new Function('__name', `return (${code})`) as (
    name: (f: unknown) => unknown,
  ) => (api: typeof vscode, arg: unknown) => unknown;
  return make((f) => f)(vscode, arg);
}
