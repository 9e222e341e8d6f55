/** Runs our own command line beside the editor, so that nothing else in it waits. */
import { spawn } from 'node:child_process';
import type * as vscode from 'vscode';
import type { Runtime } from '../../git';

/** A page of ours is far smaller. */
const BYTES_AT_MOST = 20_000_000;

interface Running {
  /** Work tree. */
  readonly root: string;
  readonly token: vscode.CancellationToken;
  /** Exit codes that are an answer. Default: 0. */
  readonly codes?: readonly number[];
  /** Each line of progress. */
  readonly progress?: (message: string) => void;
}

/** What it printed; undefined when the person cancelled. Throws its own message for any other exit code. */
export function runCli(
  { executable, cli, electron }: Runtime,
  words: readonly string[],
  { root, token, codes = [0], progress }: Running,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [cli, ...words], {
      cwd: root,
      windowsHide: true,
      env: { ...process.env, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let size = 0;
    let last = '';
    token.onCancellationRequested(() => child.kill());
    child.stdout.on('data', (data: Buffer) => {
      size += data.length;
      if (size > BYTES_AT_MOST) child.kill();
      else out.push(data);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      last =
        text
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^linekeeper: /, '') ?? last;
      progress?.(last);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (token.isCancellationRequested) resolve(undefined);
      else if (code !== null && codes.includes(code)) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(last === '' ? `exit ${String(code)}` : last));
    });
  });
}
