/**
 * Runs one program in a process group of its own, and ends the whole group with it.
 */
import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Milliseconds; then the group is ended. */
  readonly limit: number;
}

export interface ProgramResult {
  /** Null when it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const MOST_OUTPUT = 1_000_000;
/** After the program has ended, what it left behind may still hold its output open: not for longer than this. */
const GRACE = 1500;

const groups = new Set<number>();
process.once('exit', () => {
  for (const group of groups) endGroup(group, 'SIGKILL');
});

/** Never throws: a program that could not be started has `code` null and the reason in `stderr`. */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) groups.add(pid);
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        if (output[stream].length < MOST_OUTPUT) output[stream] += text;
      });
    }
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      if (pid !== undefined) endGroup(pid, 'SIGTERM');
      setTimeout(() => pid !== undefined && endGroup(pid, 'SIGKILL'), GRACE).unref();
    }, options.limit);
    let ended = false;
    const end = (code: number | null): void => {
      if (ended) return;
      ended = true;
      clearTimeout(limit);
      if (pid !== undefined) {
        endGroup(pid, 'SIGKILL');
        groups.delete(pid);
      }
      resolve({ code, ...output, timedOut });
    };
    child.on('error', (error) => {
      output.stderr += error.message;
      end(null);
    });
    child.on('exit', (code) => {
      const grace = setTimeout(() => end(code), GRACE);
      child.on('close', () => {
        clearTimeout(grace);
        end(code);
      });
    });
    child.stdin.on('error', () => undefined); // it may end before it has read everything
    child.stdin.end(options.input ?? '');
  });
}

function endGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // the group is gone already
  }
}
