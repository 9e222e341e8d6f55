/** Runs a hook's command as an assistant would. */
import { spawn } from 'node:child_process';
import { startOfShell, type ShellName } from '../../../base/platform';

export interface Ran {
  /** Null: it did not exit in time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LIMIT_MS = 20_000;

/** `input` undefined: standard input stays open. `shell`: the one that the assistant uses on Windows. Never throws. */
export function runCommand(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  input: string | undefined,
  shell: ShellName,
): Promise<Ran> {
  return new Promise((resolve) => {
    const { program, words, verbatim = false } = startOfShell(command, shell, env);
    const child = spawn(program, words, {
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    });
    let stdout = '';
    let stderr = '';
    const end = (code: number | null, why = ''): void => {
      clearTimeout(limit);
      child.stdin.destroy();
      resolve({ code, stdout, stderr: `${stderr}${why}`.trim() });
    };
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      end(null, 'it did not end within 20 seconds');
    }, LIMIT_MS);
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    child.stdin.on('error', () => undefined); // it may exit before it has read everything
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code) => end(code));
    if (input !== undefined) child.stdin.end(input);
  });
}
