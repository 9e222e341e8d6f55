/** The command line's composition root: connects it to this machine's terminal. */
import { realpathSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { attempt, isWindows, lastingName } from '../base/platform';
import { main } from './main';
import { STARTED_BY_HOOKS, type Terminal, type Verb } from './verb';
import { harmless } from './output/format-attribution';
import { readStandardInput } from './read-standard-input';

const END_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Why the output could not be written; undefined if it could. */
let unwritten: string | undefined;

/** Output streams that have to be waited for. */
const waiting = new Set<NodeJS.WriteStream>();

/** Writes a text directly if possible; creating the process's streams takes a fifth of Node's own startup time. */
function write(fd: 1 | 2, text: string): void {
  const stream = (): NodeJS.WriteStream => (fd === 1 ? process.stdout : process.stderr);
  let rest = Buffer.from(text);
  try {
    if (waiting.size === 0) while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return; // the reader has read enough
    if (code !== 'EAGAIN') {
      if (fd === 1) unwritten = code ?? 'no reason given';
      return;
    }
  }
  if (rest.length === 0) return;
  waiting.add(stream());
  stream().write(rest);
}

/** Where this person's settings are. An empty `HOME` does not mean the current folder. */
function homeFolder(): string {
  // What `os.homedir()` uses first, without the time to load that module.
  const named = process.env[isWindows() ? 'USERPROFILE' : 'HOME'] ?? '';
  if (named !== '') return path.resolve(named);
  try {
    return userInfo().homedir;
  } catch {
    return path.parse(process.cwd()).root; // an account that is unknown to the system
  }
}

const terminal: Terminal = {
  out: (text) => {
    write(1, text);
  },
  err: (line) => {
    write(2, `${harmless(line)}\n`);
  },
  // On demand: creating the stream takes time that a hook does not have.
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  stdin: readStandardInput,
  // On demand, as above.
  get isTerminal() {
    return process.stdin.isTTY && process.stdout.isTTY;
  },
  get isAttended() {
    return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  },
  interruptible: async (work) => {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    for (const signal of END_SIGNALS) process.once(signal, abort); // a second one ends the process
    try {
      return await work(controller.signal);
    } finally {
      for (const signal of END_SIGNALS) process.off(signal, abort);
    }
  },
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  get home() {
    return homeFolder();
  },
  program: [lastingName(process.execPath, isSameFile), path.resolve(process.argv[1] ?? 'linekeeper')],
};

function isSameFile(first: string, second: string): boolean {
  return attempt(() => realpathSync(first) === realpathSync(second), false);
}

/** Runs the call that this process was started for. `verbs`: those that are part of this program. */
export function start(verbs: Readonly<Record<string, Verb>>): void {
  // eslint-disable-next-line @typescript-eslint/no-floating-promises -- the process ends with its answer
  main(process.argv.slice(2), terminal, verbs).then((code) => {
    const ended = unwritten !== undefined && !STARTED_BY_HOOKS.has(process.argv[2] ?? '') ? 2 : code;
    if (unwritten !== undefined)
      write(
        2,
        `linekeeper: The answer could not be written (${unwritten}). Please check the free space where it should go, and ask again.\n`,
      );
    // A process that exits by itself first cleans up what disappears with it anyway.
    if (waiting.size === 0) process.exit(ended);
    process.exitCode = ended;
  });
}
