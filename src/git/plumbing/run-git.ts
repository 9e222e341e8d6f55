/**
 * Runs git. Only the guard has two short calls of its own: they must end before its hook answers (git-lookups.ts).
 */
import type { ChildProcess } from 'node:child_process';

import { startOf } from '../../base/platform';
import { isTraced, trace } from '../../base/debug-trace';

export interface GitOptions {
  readonly cwd: string;
  /** Added to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Exit codes that are results and not failures. Default: `[0]`. */
  readonly codes?: readonly number[];
  /** Milliseconds, default 60,000. */
  readonly timeout?: number;
  /** Default: in parallel with everything else that this process does. */
  readonly start?: Start;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What went wrong with git. `reason` is for code, the message for people. */
export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    readonly reason: 'no-git' | 'failed' | 'timeout',
    message: string,
    readonly result?: GitResult,
  ) {
    super(message);
  }
}

/** By name, not by class: it may come from another bundle than this code. */
export const isGitError = (error: unknown): error is GitError => error instanceof Error && error.name === 'GitError';

let calls = 0;
/** How many times this process has started git: for complexity tests. */
export const gitCalls = (): number => calls;

/** Runs `git ARGS` and returns its output as bytes. Throws a {@link GitError}. */
export async function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  calls++;
  const traced = timed(args, options);
  let result: GitResult;
  try {
    result = await (options.start ?? startBeside)(args, {
      cwd: options.cwd,
      env: environmentOf(options),
      input: options.input ?? '',
      timeout: options.timeout ?? 60_000,
    });
  } catch (error) {
    traced(String(error));
    throw error;
  }
  traced(`exit ${String(result.code)}, ${String(result.stdout.length)} bytes`);
  const refused = result.code === 0 ? undefined : refusedAsOthers(result);
  if (refused) throw refused;
  if (!(options.codes ?? [0]).includes(result.code)) throw failed(args, result);
  return result;
}

/** Whatever was asked: git answers nothing about a repository of another owner, as in a container (git-config(1), `safe.directory`). */
function refusedAsOthers(result: GitResult): GitError | undefined {
  const said = /detected dubious ownership in repository(?: at '([^'\n]*)')?/.exec(result.stderr);
  if (!said) return undefined;
  const command = /^\s*(git config --global --add safe\.directory .*)$/m.exec(result.stderr)?.[1];
  const folder = said[1] === undefined ? '' : ` at ${said[1]}`;
  return new GitError(
    'failed',
    `git does not read the repository${folder}, because another user owns it ("${said[0]}"). If you trust it, run: ${command ?? 'git config --global --add safe.directory FOLDER'}`,
    result,
  );
}

/** Traces a git when it has ended: what was asked, how it ended, how long it took. */
function timed(args: readonly string[], { cwd }: GitOptions): (how: string) => void {
  if (!isTraced()) return () => undefined;
  const since = performance.now();
  return (how) => {
    trace('git', () => `${args.join(' ')} → ${how}, ${(performance.now() - since).toFixed(1)} ms, in ${cwd}`);
  };
}

function environmentOf(options: GitOptions): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...options.env };
  for (const [key, value] of Object.entries(options.env ?? {}))
    if (value === undefined) Reflect.deleteProperty(env, key);
  return env;
}

function failed(args: readonly string[], result: GitResult): GitError {
  const why = whyFailed(result);
  return new GitError(
    'failed',
    why === NOT_FETCHED ? why : `git ${args.slice(0, 3).join(' ')} failed: ${why || `exit ${String(result.code)}`}`,
    result,
  );
}

/** What git said when it failed, in one line; empty when it said nothing. */
export function whyFailed({ stderr }: GitResult): string {
  if (/could not fetch [0-9a-f]+ from promisor remote/.test(stderr)) return NOT_FETCHED;
  return stderr.trim().split('\n').slice(-3).join(' ');
}

/** A partial clone without its remote (git-clone(1), `--filter`). */
const NOT_FETCHED =
  "This clone leaves contents out (git clone --filter), and git could not fetch one that is needed here: its remote can't be reached. Ask again when it can.";

/**
 * Runs git and streams its output; git is stopped when the consumer stops. Throws a {@link GitError}, possibly only at
 * the end.
 */
export async function* streamGit(args: readonly string[], options: GitOptions): AsyncGenerator<Buffer, undefined> {
  if (options.start) {
    yield (await runGit(args, options)).stdout;
    return undefined;
  }
  calls++;
  const traced = timed(args, options);
  const { spawn } = await import('node:child_process');
  const env = environmentOf(options);
  const { program, words, ...how } = startOf('git', args, env);
  const child = spawn(program, words, {
    ...how,
    cwd: options.cwd,
    env,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const err: Buffer[] = [];
  const late = { is: false };
  if (child.pid === undefined) throw await whyNotStarted(child, options.cwd);
  const timer = setTimeout(() => {
    late.is = true;
    child.kill('SIGKILL');
  }, options.timeout ?? 60_000);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(notStarted(error, options.cwd));
    });
    child.on('close', (code) => {
      resolve(code ?? -1);
    });
  });
  ended.catch(() => undefined); // a consumer that stopped is not interested
  child.stderr.on('data', (data: Buffer) => err.push(data));
  child.stdin.on('error', () => undefined); // git may end before it has read everything
  child.stdin.end(options.input ?? '');
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const code = await ended;
    if (late.is) throw tooLong(args);
    if (!(options.codes ?? [0]).includes(code))
      throw failed(args, { code, stdout: Buffer.alloc(0), stderr: Buffer.concat(err).toString('utf8') });
  } finally {
    clearTimeout(timer);
    traced(child.exitCode === null ? 'stopped' : `exit ${String(child.exitCode)}`);
    if (child.exitCode === null) child.kill('SIGKILL');
  }
  return undefined;
}

/** How a git is started and waited for. Throws a {@link GitError}. */
export type Start = (
  args: readonly string[],
  run: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly input: string | Uint8Array;
    readonly timeout: number;
  },
) => Promise<GitResult> | GitResult;

const startBeside: Start = async (args, { cwd, env, input, timeout }) => {
  const { spawn } = await import('node:child_process');
  return new Promise<GitResult>((resolve, reject) => {
    const { program, words, ...how } = startOf('git', args, env);
    const child = spawn(program, words, { ...how, cwd, env, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
    if (child.pid === undefined) {
      whyNotStarted(child, cwd).then(reject, reject);
      return;
    }
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeout);
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.stdin.on('error', () => undefined); // git may end before it has read everything
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(notStarted(error, cwd));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) reject(tooLong(args));
      else resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8') });
    });
    child.stdin.end(input);
  });
};

/**
 * Starts git and blocks until it ends. For a program that has nothing else to do: without streams and events the first
 * git starts much sooner, which is most of a hook's time.
 */
export const startAndWait: Start = async (args, { cwd, env, input, timeout }) => {
  const { spawnSync } = await import('node:child_process');
  const { program, words, ...how } = startOf('git', args, env);
  const ended = spawnSync(program, words, {
    ...how,
    cwd,
    env,
    input,
    timeout,
    killSignal: 'SIGKILL',
    windowsHide: true,
    maxBuffer: Infinity,
  });
  const error: NodeJS.ErrnoException | undefined = ended.error;
  // EPIPE: git ended before it had read everything.
  if (error?.code === 'ETIMEDOUT') throw tooLong(args);
  if (error && error.code !== 'EPIPE') throw notStarted(error, cwd);
  return { code: ended.status ?? -1, stdout: ended.stdout, stderr: ended.stderr.toString('utf8') };
};

const tooLong = (args: readonly string[]): GitError =>
  new GitError(
    'timeout',
    `git ${args.find((word, at) => !word.startsWith('-') && args[at - 1] !== '-c') ?? ''} took too long`,
  );

/** A process that could not be started may have no streams, where no more files may be opened. */
const whyNotStarted = (child: ChildProcess, cwd: string): Promise<GitError> =>
  new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve(notStarted(error, cwd));
    });
  });

function notStarted(error: NodeJS.ErrnoException, cwd: string): GitError {
  if (error.code === 'ENOENT')
    return new GitError(
      'no-git',
      `git could not be started in ${cwd}: is git installed and on PATH, and does the folder exist?`,
    );
  return new GitError('no-git', `git could not be started: ${tooManyOpen(error.code) ?? error.message}`);
}

/** What an error code means that says that no more files may be opened; undefined for any other. */
export const tooManyOpen = (code: string | undefined): string | undefined =>
  code === 'EMFILE' || code === 'ENFILE'
    ? `too many files are open (${code}). ${code === 'EMFILE' ? '"ulimit -n" shows how many one program may open here; raise it ("ulimit -n 1024")' : 'Close programs that open many'} and ask again.`
    : undefined;
