/** How a text for a shell is run, here. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { systemProgram, variableOf } from './program-to-spawn';
import { isWindows } from './system-constants-and-managed-folder';

export type ShellName = 'sh' | 'powershell' | 'cmd';

export interface ShellStart {
  readonly program: string;
  readonly words: readonly string[];
  /** The words are quoted already. */
  readonly verbatim?: true;
}

/** One word for a POSIX shell. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The process that runs a text. Git for Windows' `sh` is used where it is found, else PowerShell. */
export function startOfShell(
  text: string,
  shell: ShellName,
  env: Readonly<Record<string, string | undefined>>,
  system?: string,
): ShellStart {
  if (!isWindows(system)) return { program: '/bin/sh', words: ['-c', text] };
  if (shell === 'cmd')
    return { program: systemProgram('cmd.exe', env), words: ['/d', '/s', '/c', `"${text}"`], verbatim: true };
  const sh = shell === 'sh' ? gitShell(env) : undefined;
  return sh === undefined
    ? { program: powershell(env), words: ['-NoProfile', '-NonInteractive', '-Command', text] }
    : { program: sh, words: ['-c', text] };
}

/** The PowerShell that each Windows has, whatever PATH and the current folder hold. */
export const powershell = (env: Readonly<Record<string, string | undefined>>): string =>
  systemProgram('WindowsPowerShell\\v1.0\\powershell.exe', env);

/** The `sh` of Git for Windows: beside the git that is on PATH, or where it is installed by itself. */
export function gitShell(
  env: Readonly<Record<string, string | undefined>>,
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  const { win32 } = path;
  const besideGit = (variableOf(env, 'PATH') ?? '')
    .split(';')
    .filter((folder) => folder !== '' && exists(win32.join(folder, 'git.exe')))
    .flatMap((folder) => [win32.join(folder, '..', 'bin', 'sh.exe'), win32.join(folder, '..', 'usr', 'bin', 'sh.exe')]);
  const installed = [
    env['ProgramFiles'],
    env['ProgramFiles(x86)'],
    env['LOCALAPPDATA'] && `${env['LOCALAPPDATA']}\\Programs`,
  ]
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => win32.join(folder, 'Git', 'bin', 'sh.exe'));
  return [...besideGit, ...installed].find(exists);
}
