/** The packaged extension, and the built command line, run as people and hooks run it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles } from '../../scripts/build';
import { packQuietly } from '../../scripts/packed';
import { callInProcess, type Answer } from './in-process';
import type { TestRepository } from './repository';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The command line's file. */
export const CLI = path.join(ROOT, 'dist', 'cli.js');

let packed: Promise<string> | undefined;

/** The packaged extension: the file that `LINEKEEPER_VSIX` names, else it is packaged now. */
export async function packedProduct(): Promise<string> {
  return process.env['LINEKEEPER_VSIX'] ?? (packed ??= packQuietly());
}

let built: Promise<void> | undefined;

/** Builds the command line when a source file is newer. */
export function builtCli(): Promise<void> {
  built ??= (async () => {
    const bundles = ['cli', 'verbs', 'policy', 'yaml', 'zod'].map((name) => path.join(ROOT, 'dist', `${name}.js`));
    const oldest = bundles.every((file) => existsSync(file))
      ? Math.min(...bundles.map((file) => statSync(file).mtimeMs))
      : 0;
    if (newest(path.join(ROOT, 'src')) > oldest)
      await buildBundles(['cli', 'verbs', 'policy', 'yaml', 'zod', 'uninstall']);
  })();
  return built;
}

/** Packs the grammars where none are: the sources read them where the build puts them. */
export async function builtGrammars(): Promise<void> {
  if (!existsSync(path.join(ROOT, 'dist', 'grammars'))) await buildBundles(['danger']);
}

function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
  );
}

export type { Answer } from './in-process';

export interface CallOptions {
  /** All of its standard input. Default: none. */
  readonly input?: string;
  /** Default: the top of the work tree. */
  readonly cwd?: string;
  /** Added to the repository's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `linekeeper WORDS` in a repository, without a process of its own. */
export async function linekeeper(
  repository: TestRepository,
  words: readonly string[],
  { input = '', cwd = repository.root, env = {} }: CallOptions = {},
): Promise<Answer> {
  await builtCli();
  return callInProcess({
    folder: path.dirname(CLI),
    words,
    input,
    cwd: realpathSync(cwd),
    env: { ...repository.env, ...env },
  });
}

/**
 * The same in a process of its own, where that is the subject: start-up, standard streams, signals, what goes on in
 * the background, several at once. `uid`: the user it runs as; `node`: instead of the Node that runs the tests.
 */
export async function linekeeperProcess(
  repository: TestRepository,
  words: readonly string[],
  options: CallOptions & { readonly uid?: number; readonly node?: string; readonly throughShell?: true } = {},
): Promise<Answer> {
  await builtCli();
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = [
      // the shell stays above, as that of a hook does
      ...(options.throughShell ? ['sh', '-c', '"$0" "$@"; exit $?'] : []),
      options.node ?? process.execPath,
      CLI,
      ...words,
    ];
    const child = spawn(program, rest, {
      cwd: options.cwd ?? repository.root,
      env: { ...repository.env, ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
    child.stdin.end(options.input ?? '');
  });
}

/** Runs `linekeeper WORDS --json` and returns its output; throws when that is not JSON. */
export async function askJson<T>(repository: TestRepository, ...words: readonly string[]): Promise<T> {
  const answer = await linekeeper(repository, [...words, '--json']);
  try {
    return JSON.parse(answer.stdout) as T;
  } catch {
    throw new Error(
      `linekeeper ${words.join(' ')} ended with ${String(answer.code)}: ${answer.stderr || answer.stdout}`,
    );
  }
}
