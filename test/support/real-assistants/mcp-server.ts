/**
 * A server of the Model Context Protocol (revision 2025-06-18, https://modelcontextprotocol.io/specification): a
 * program that is spoken to in lines of JSON-RPC 2.0 on its standard input. It has one tool, `put`, that writes a text
 * into a file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What assistants are told its name is, and the name of its tool. */
export const SERVER = 'notes';
export const TOOL = 'put';

/** The words that start it, from any folder. */
export const MCP_SERVER: readonly [string, ...string[]] = [
  process.execPath,
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
  fileURLToPath(import.meta.url),
];

interface Request {
  readonly id?: number | string;
  readonly method: string;
  readonly params?: {
    readonly protocolVersion?: string;
    readonly arguments?: { readonly path: string; readonly text: string };
  };
}

const PUT = {
  name: TOOL,
  description: 'Puts a text into a file.',
  inputSchema: {
    type: 'object',
    properties: { path: { type: 'string' }, text: { type: 'string' } },
    required: ['path', 'text'],
  },
};

function answer({ method, params }: Request): unknown {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: params?.protocolVersion ?? '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: SERVER, version: '1.0.0' },
      };
    case 'tools/list':
      return { tools: [PUT] };
    case 'tools/call': {
      const { path: file = '', text = '' } = params?.arguments ?? {};
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { content: [{ type: 'text', text: 'It is there.' }] };
    }
    default:
      return {};
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const request = JSON.parse(line) as Request; // only the assistant under test speaks here
    if (request.id !== undefined)
      process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result: answer(request) })}\n`);
  });
}
