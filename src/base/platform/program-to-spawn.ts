/**
 * Finds a program as this system does, and says how a process is started with it. Windows itself would look into the
 * current folder first, where a repository could put a `git.exe` of its own; and Node starts no batch file, as which
 * npm and others install programs there.
 */
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { isWindows } from './system-constants-and-managed-folder';

type Environment = Readonly<Record<string, string | undefined>>;

/** What to hand to `spawn`, with all the rest among its options: `const { program, words, ...how } = startOf(…)`. */
export interface ProgramStart {
  readonly program: string;
  readonly words: readonly string[];
  /** The words are quoted already. */
  readonly windowsVerbatimArguments?: true;
}

/** Words that a batch file can't be given. The message is for people. */
export class WordsError extends Error {
  override readonly name = 'WordsError';
}

/** What a process can be started with: other names in `PATHEXT` are opened by programs of their own. */
const STARTABLE: ReadonlySet<string> = new Set(['.com', '.exe', '.bat', '.cmd']);
const PATHEXT = '.COM;.EXE;.BAT;.CMD';
/** Of `cmd`, in characters. */
const LINE_AT_MOST = 8191;

const isFile = (file: string): boolean => {
  try {
    return !lstatSync(file).isDirectory(); // what the Store installs are links that can't be followed
  } catch {
    return false;
  }
};

/** A variable of Windows, which takes `Path` and `PATH` for the same. */
export function variableOf(env: Environment, name: string): string | undefined {
  const key = Object.keys(env).find((one) => one.toUpperCase() === name.toUpperCase() && env[one] !== undefined);
  return key === undefined ? undefined : env[key];
}

/** A program of Windows itself, whatever PATH and the current folder hold. */
export function systemProgram(name: string, env: Environment): string {
  const root = variableOf(env, 'SystemRoot') ?? '';
  return path.win32.join(/^[A-Za-z]:\\/.test(root) ? root : 'C:\\Windows', 'System32', name);
}

/**
 * The file of a program on Windows: by PATH and PATHEXT, never from the current folder. Undefined where there is none.
 */
export function findOnWindows(
  program: string,
  env: Environment,
  exists: (file: string) => boolean = isFile,
): string | undefined {
  const { win32 } = path;
  const extensions = (variableOf(env, 'PATHEXT') ?? PATHEXT)
    .toLowerCase()
    .split(';')
    .filter((extension) => STARTABLE.has(extension));
  const names = STARTABLE.has(win32.extname(program).toLowerCase())
    ? [program]
    : (extensions.length > 0 ? extensions : PATHEXT.toLowerCase().split(';')).map((extension) => program + extension);
  const folders = win32.isAbsolute(program)
    ? ['']
    : (variableOf(env, 'PATH') ?? '')
        .split(';')
        .map((folder) => folder.replaceAll('"', ''))
        .filter((folder) => /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(folder));
  for (const folder of folders)
    for (const name of names) {
      const file = win32.join(folder, name);
      if (exists(file)) return file;
    }
  return undefined;
}

/**
 * How a program is started with these words, none of which any shell interprets. Throws a {@link WordsError} where it is
 * a batch file that would not get them as they are.
 */
export function startOf(
  program: string,
  words: readonly string[],
  env: Environment = process.env,
  { system, exists }: { readonly system?: string; readonly exists?: (file: string) => boolean } = {},
): ProgramStart {
  if (!isWindows(system)) return { program, words };
  // without a folder, Windows would look into the current one
  const file = findOnWindows(program, env, exists) ?? systemProgram(program, env);
  if (!/\.(?:bat|cmd)$/i.test(file)) return { program: file, words };
  return {
    program: systemProgram('cmd.exe', env),
    // extensions on, `!` means nothing, nothing of the registry's is run first
    words: ['/d', '/e:on', '/v:off', '/s', '/c', `"${batchLine(file, words)}"`],
    windowsVerbatimArguments: true,
  };
}

/** The line with which `cmd` runs a batch file with these words. */
function batchLine(file: string, words: readonly string[]): string {
  const line = [file, ...words].map((word) => quotedForBatch(word, file)).join(' ');
  if (line.length > LINE_AT_MOST)
    throw new WordsError(`${file} is a batch file of Windows, which can't be given so long a text. ${INSTEAD}`);
  return line;
}

const INSTEAD = 'Install the program itself (.exe) so that it comes first in PATH.';

/**
 * A word for `cmd`, for what a batch file hands on by `%*`, and for the program that takes it apart: in quotes, inside
 * of which a doubled quote is one and backslashes count only before a quote. `%` would begin a variable: behind it comes
 * an empty part of one that exists, which takes the next `%` for its own.
 */
function quotedForBatch(word: string, file: string): string {
  if (/[\0\r\n]/.test(word))
    throw new WordsError(
      `${file} is a batch file of Windows, which can't be given a text of more than one line. ${INSTEAD}`,
    );
  const inside = word
    .replace(/(\\*)"/g, '$1$1""')
    .replace(/\\+$/, '$&$&')
    .replaceAll('%', '%%cd:~,%');
  return `"${inside}"`;
}

/**
 * The name of a program that lasts: Homebrew and snap keep each version in a folder of its own, and remove it with the
 * next. `isSame`: whether two names are those of one file.
 */
export function lastingName(executable: string, isSame: (one: string, other: string) => boolean): string {
  const cellar = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/bin\/([^/]+)$/.exec(executable);
  const snap = /^(.*\/snap\/[^/]+)\/\d+\/(.+)$/.exec(executable);
  const candidates = cellar
    ? [`${cellar[1] ?? ''}/opt/${cellar[2] ?? ''}/bin/${cellar[3] ?? ''}`, `${cellar[1] ?? ''}/bin/${cellar[3] ?? ''}`]
    : snap
      ? [`${snap[1] ?? ''}/current/${snap[2] ?? ''}`]
      : [];
  return candidates.find((one) => isSame(one, executable)) ?? executable;
}
