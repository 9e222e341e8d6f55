/** Runs the built command line at a terminal of its own, as a person does: no test program is among its ancestors. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtCli, CLI, type Answer } from './product';
import type { TestRepository } from './repository';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

export interface AtTerminalOptions {
  /** Is typed. */
  readonly answers?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the command line that is built here. */
  readonly program?: string;
}

/** What the terminal shows is `stdout`. Waits at most 20 seconds. */
export async function atTerminal(
  repository: Pick<TestRepository, 'root' | 'home' | 'env'>,
  words: readonly string[],
  { answers = '', env = {}, program }: AtTerminalOptions = {},
): Promise<Answer> {
  if (program === undefined) await builtCli();
  const folder = mkdtempSync(path.join(repository.home, 'terminal-'));
  const [shown, ended] = [path.join(folder, 'shown'), path.join(folder, 'ended')];
  const command = [...(program === undefined ? [process.execPath, CLI] : [program]), ...words].map(quoted).join(' ');
  // script(1) provides a terminal; setsid and the `&` detach it from all ancestors
  const job = `(sleep 1; printf '%s' ${quoted(answers)}; sleep 1) | setsid script -qec ${quoted(command)} ${quoted(shown)} >/dev/null 2>&1; echo $? > ${quoted(ended)}`;
  spawn('sh', ['-c', `setsid sh -c ${quoted(job)} </dev/null >/dev/null 2>&1 &`], {
    cwd: repository.root,
    env: { ...repository.env, TERM: 'xterm', ...env },
  });
  for (let waited = 0; !existsSync(ended) || readFileSync(ended, 'utf8') === ''; waited += 50) {
    if (waited > 20_000) throw new Error('the command at the terminal did not end in 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const text = readFileSync(shown, 'utf8')
    .replace(/^Script started.*\n/, '')
    .replace(/\n?Script done[^]*$/, '')
    .replaceAll('\r\n', '\n');
  return { code: Number(readFileSync(ended, 'utf8')), stdout: text, stderr: '' };
}
