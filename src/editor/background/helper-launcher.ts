/**
 * Starts the helper as a process, and hands on what it and the editor tell each other. Runs in a thread: to start a
 * process from one as large as the editor's keeps whoever does it for 10 to 20 ms.
 */
import { spawn } from 'node:child_process';
import { parentPort, workerData } from 'node:worker_threads';
import type { Message, RelayJob, Reply } from './helper-messages';

/** For what is soon garbage, such as the nodes of a syntax tree: by default it grows to 48 MB before it is collected. */
const SEMI_SPACE_MB = 2;
/** Whoever was asked to end has done so by then. */
const ENDS_WITHIN_MS = 10_000;
/** Of what it writes on its way down, which says why it broke. */
const LAST_WORDS = 2_000;
const LAST_WORDS_MS = 200;

/** Its environment is the host's without what is meant for the host's own Node: a debugger, modules that it loads first. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _host, VSCODE_INSPECTOR_OPTIONS: _debugger, ...inherited } = process.env;
  return process.versions['electron'] === undefined ? inherited : { ...inherited, ELECTRON_RUN_AS_NODE: '1' };
}

/** Throws outside a thread. Where the process can't be started or breaks down, the thread ends with that as its error. */
export function relay(): void {
  const port = parentPort;
  if (!port) throw new Error('only the editor starts this program');
  const { program } = workerData as RelayJob; // by whoever starts it
  // Without the host's own flags: two can't have one debugger's port.
  const child = spawn(process.execPath, [`--max-semi-space-size=${String(SEMI_SPACE_MB)}`, program], {
    serialization: 'advanced', // typed arrays and maps, as between threads
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: environment(),
    windowsHide: true,
  });
  let words = '';
  let isAsked = false;
  const ended = (why: string): void => {
    if (!isAsked) throw new Error(why);
    process.exit();
  };
  child.stderr?.on('data', (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-LAST_WORDS)));
  child.on('message', (reply: Reply) => port.postMessage(reply));
  child.on('error', (error) => ended(error.message));
  child.on('exit', (code, signal) => {
    const tell = (): void => ended(reasonIn(words) ?? `it ended with ${signal ?? String(code)}`);
    child.once('close', tell); // its last words have arrived
    setTimeout(tell, LAST_WORDS_MS); // or whoever it started keeps the pipe
  });
  port.on('message', (message: Message) => {
    if (message === 'rest' || message === 'kill') isAsked = true;
    if (message === 'kill') child.kill('SIGKILL');
    else child.send(message, () => undefined); // where it can't arrive any more, the process has ended, which is told
    if (message === 'rest') setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
  });
}

/** The line of a stack trace that says what happened. */
const reasonIn = (words: string): string | undefined => /^\w*Error\b.*$/m.exec(words)?.[0];
