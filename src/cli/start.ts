/** The command line's composition root: puts this machine's terminal under it. */
import { readSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { main } from './main';
import type { Terminal, Verb } from './command';
import { harmless } from './output/format-attribution';

const CHUNK_BYTES = 64 * 1024;

/**
 * All of standard input. A stream for it would take a fifth of Node's own start, so it is read directly where that can
 * be done.
 */
async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for (let got = 1; got > 0;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      got = readSync(0, chunk);
      chunks.push(chunk.subarray(0, got));
    }
  } catch (error) {
    // On Windows the end of a pipe is an error. Anything else needs waiting (EAGAIN), or fails again below, where it is
    // said.
    if ((error as NodeJS.ErrnoException).code !== 'EOF')
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What an assistant or git starts: there 2 would mean something else than "cannot say". */
const ALWAYS_GOES_ON: ReadonlySet<string> = new Set(['record', 'hook']);

/** Why the answer could not be written; undefined while it could. */
let unwritten: string | undefined;

/** Outputs that had to be waited for. */
const waiting = new Set<NodeJS.WriteStream>();

/** Writes a text where it can be written directly; making the process's streams takes a fifth of Node's own start. */
function write(fd: 1 | 2, text: string): void {
  const stream = (): NodeJS.WriteStream => (fd === 1 ? process.stdout : process.stderr);
  let rest = Buffer.from(text);
  try {
    if (waiting.size === 0) while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return; // whoever read it has read enough
    if (code !== 'EAGAIN') {
      if (fd === 1) unwritten = code ?? 'no reason given';
      return;
    }
  }
  if (rest.length === 0) return;
  waiting.add(stream());
  stream().write(rest);
}

/** Where this person's settings are. An empty `HOME` names none: the folder one happens to be in is not it. */
function homeFolder(): string {
  // What `os.homedir()` asks first, without the time to load what has it.
  const named = process.env[process.platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? '';
  if (named !== '') return path.resolve(named);
  try {
    return userInfo().homedir;
  } catch {
    return path.parse(process.cwd()).root; // an account that the system does not know
  }
}

const terminal: Terminal = {
  out: (text) => {
    write(1, text);
  },
  err: (line) => {
    write(2, `${harmless(line)}\n`);
  },
  // Only when asked: making the stream takes time that a hook has not got.
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  stdin: readAll,
  // Only when asked, as above.
  get isTerminal() {
    return process.stdin.isTTY && process.stdout.isTTY;
  },
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  get home() {
    return homeFolder();
  },
  program: [process.execPath, path.resolve(process.argv[1] ?? 'linekeeper')],
};

/** Runs the call that this process was started for. `verbs`: those that this program has in itself. */
export function start(verbs: Readonly<Record<string, Verb>>): void {
  // eslint-disable-next-line @typescript-eslint/no-floating-promises -- the process ends with its answer
  main(process.argv.slice(2), terminal, verbs).then((code) => {
    const ended = unwritten !== undefined && !ALWAYS_GOES_ON.has(process.argv[2] ?? '') ? 2 : code;
    if (unwritten !== undefined)
      write(
        2,
        `linekeeper: The answer could not be written (${unwritten}). Please check the free space where it should go, and ask again.\n`,
      );
    // By itself a process first tidies up what ends with it anyway.
    if (waiting.size === 0) process.exit(ended);
    process.exitCode = ended;
  });
}
