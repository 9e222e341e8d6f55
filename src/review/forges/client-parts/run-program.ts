/**
 * Runs a forge's own command-line client (`gh`, `glab`) as it is set up on this machine. A door of its own: it loads
 * nothing.
 */
import { spawn } from 'node:child_process';
import { startOf, WordsError, type ProgramStart } from '../../../base/platform';

export interface ProgramResult {
  /** Null: the program does not exist. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export type RunProgram = (
  program: string,
  words: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly input?: string;
  },
) => Promise<ProgramResult>;

const LIMIT_MS = 120_000;

/** Nothing in an argument is interpreted by a shell. Never prompts at the terminal. */
export const runProgram: RunProgram = (program, words, { cwd, env, input }) =>
  new Promise((resolve) => {
    let start: ProgramStart;
    try {
      start = startOf(program, words, env);
    } catch (error) {
      if (!(error instanceof WordsError)) throw error;
      resolve({ code: 1, out: '', err: error.message });
      return;
    }
    const { program: file, words: all, ...how } = start;
    const child = spawn(file, all, {
      ...how,
      cwd,
      env: { ...env, GH_PROMPT_DISABLED: '1', GLAB_NO_PROMPT: '1', NO_PROMPT: '1', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const parts = { out: '', err: '' };
    const timer = setTimeout(() => void child.kill('SIGKILL'), LIMIT_MS);
    const end = (code: number | null): void => {
      clearTimeout(timer);
      resolve({ code, ...parts });
    };
    child.on('error', () => {
      end(null);
    });
    if (child.pid === undefined) return; // it may have no streams
    child.stdout.on('data', (data: Buffer) => (parts.out += data.toString('utf8')));
    child.stderr.on('data', (data: Buffer) => (parts.err += data.toString('utf8')));
    child.stdin.on('error', () => undefined); // it may exit before it has read everything
    child.on('close', (code) => {
      end(code ?? 1);
    });
    child.stdin.end(input ?? '');
  });
