/**
 * Which Linekeepers are installed for this account, whoever brought them: the extension of an editor, the npm package. The
 * list is `~/.linekeeper/programs`: a line each, the newest first, of version, kind (`node`, `electron`), executable and
 * script, separated by tabs.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../files';
import { attempt, isWindows } from '../platform';
import { launcherIn } from './home-folder-and-launcher-path';
import { LAUNCHER_CMD, launcherSh } from './launcher-scripts';
import { removeSh } from './text-of-remove-sh';

export interface InstalledProgram {
  /** Of Linekeeper, as in its package.json: `1.2.3`. */
  readonly version: string;
  /** Absolute path of Node, or of an editor's own executable that acts as one. */
  readonly executable: string;
  /** Absolute path of the command line's script. */
  readonly cli: string;
  /** The executable is Electron, and needs `ELECTRON_RUN_AS_NODE=1`. */
  readonly electron: boolean;
}

const MODE = 0o755;
/** Lines of the list; the oldest programs are forgotten. */
const PROGRAMS_AT_MOST = 20;

/** The programs that the list of a folder names and that are there, the newest first. */
export function installedPrograms(folder: string): readonly InstalledProgram[] {
  return listed(folder).filter(({ cli }) => existsSync(cli));
}

/**
 * Adds a program to the list, and writes the launcher, where they differ from what is there. Returns the launcher's path;
 * undefined where the folder can't be written, or a path has a tab or a line break: then hooks name the program itself.
 */
export function registerProgram(folder: string, program: InstalledProgram): string | undefined {
  if (/[\t\r\n]/.test(program.executable + program.cli)) return undefined;
  const others = installedPrograms(folder).filter(({ cli }) => cli !== program.cli);
  const programs = [program, ...others]
    .sort((a, b) => compareVersions(b.version, a.version))
    .slice(0, PROGRAMS_AT_MOST);
  try {
    mkdirSync(path.join(folder, 'bin'), { recursive: true });
    writeIfOther(path.join(folder, 'programs'), programs.map(lineOf).join(''));
    const launcher = launcherIn(folder);
    writeIfOther(launcher, launcherSh(folder), MODE);
    if (isWindows()) writeIfOther(`${launcher}.cmd`, LAUNCHER_CMD, MODE);
    return launcher;
  } catch {
    return undefined;
  }
}

/**
 * Registers a program that hooks are about to name (`registerProgram`), and leaves the script beside the launcher. Returns
 * the launcher's path; undefined where the folder can't be written.
 */
export function setUpProgram(folder: string, program: InstalledProgram): string | undefined {
  const launcher = registerProgram(folder, program);
  if (launcher === undefined) return undefined;
  try {
    writeIfOther(path.join(folder, 'remove.sh'), removeSh(), MODE);
  } catch {
    // the hooks work without it
  }
  return launcher;
}

const lineOf = ({ version, executable, cli, electron }: InstalledProgram): string =>
  `${version}\t${electron ? 'electron' : 'node'}\t${executable}\t${cli}\n`;

function listed(folder: string): readonly InstalledProgram[] {
  return textOf(path.join(folder, 'programs'))
    .split('\n')
    .flatMap((line) => {
      const [version = '', kind = '', executable = '', cli = ''] = line.split('\t');
      return cli === '' ? [] : [{ version, executable, cli, electron: kind === 'electron' }];
    });
}

/** By the numbers of Semantic Versioning; a pre-release comes before its release. */
function compareVersions(a: string, b: string): number {
  const [releaseA = '', previewA] = a.split(/-(.*)/s);
  const [releaseB = '', previewB] = b.split(/-(.*)/s);
  const byNumbers = releaseA.localeCompare(releaseB, 'en', { numeric: true });
  if (byNumbers !== 0) return byNumbers;
  if (previewA === undefined || previewB === undefined)
    return Number(previewA === undefined) - Number(previewB === undefined);
  return previewA.localeCompare(previewB, 'en', { numeric: true });
}

/** Writes a file of ours whole, where it says something else. Throws file-system errors. */
export function writeIfOther(file: string, text: string, mode?: number): void {
  if (textOf(file) !== text) writeWhole(file, text, mode === undefined ? {} : { mode });
}

/** Empty where it can't be read. */
export function textOf(file: string): string {
  return attempt(() => readFileSync(file, 'utf8'), '');
}
