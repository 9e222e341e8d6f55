/**
 * The repository's own record of where the program is, in its git directory. Assistant hooks that a project commits
 * can't contain machine paths, so they look here (`src/provenance/assistants/setup/shell-text-of-project-hooks.ts`).
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { registerRepository } from '../../base/launcher';
import { dataPlace } from '../../base/files';
import { isWindows } from '../../base/platform';
import { readStateFile, writeStateFile } from '../plumbing/best-effort-state-file';
import type { Repository } from '../plumbing/repository';
import type { Runtime } from './command-line-runtime';

const SH = '/bin/sh';

const fileOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'program');

/**
 * One line each: the executable, the script, and the kind of executable; then the launcher, if there is one. A POSIX sh
 * runs the launcher, so that there the first three lines survive an update, too.
 */
function textOf({ executable, cli, electron, launcher }: Runtime): string | undefined {
  const kind = electron ? 'electron' : 'node';
  const lines =
    launcher === undefined
      ? [executable, cli, kind]
      : [...(isWindows() ? [executable, cli, kind] : [SH, launcher, 'node']), launcher];
  return lines.some((line) => /[\r\n]/.test(line)) ? undefined : `${lines.join('\n')}\n`;
}

/** Updates the record if it differs. Errors are ignored: the next start writes it again. */
export function saveProgram(repository: Pick<Repository, 'commonDir'>, runtime: Runtime): void {
  const file = fileOf(repository);
  const text = textOf(runtime);
  if (text !== undefined && readStateFile(file) !== text) writeStateFile(file, text);
}

/** The program that the record names; undefined where there is none. */
export function savedProgram(repository: Pick<Repository, 'commonDir'>): Runtime | undefined {
  const [executable = '', cli = '', kind, launcher = ''] = readStateFile(fileOf(repository)).split('\n');
  if (executable === '' || cli === '') return undefined;
  return { executable, cli, electron: kind === 'electron', ...(launcher === '' ? {} : { launcher }) };
}

const newCloneOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'new-clone');

/** Whether git made this repository from our template, and nobody has registered it since. */
export const isNewClone = (repository: Pick<Repository, 'commonDir'>): boolean => existsSync(newCloneOf(repository));

/** Of the template: each repository that git makes from it is a new clone. `carriesNotes`: see {@link carriesNotesLater}. */
export const markNewClone = (
  repository: Pick<Repository, 'commonDir'>,
  { carriesNotes }: { readonly carriesNotes: boolean },
): void => {
  writeStateFile(newCloneOf(repository), carriesNotes ? NOTES : '');
};

/** In the marker of a new clone. */
const NOTES = 'notes\n';

/** Whether whoever registers this new clone also lets plain git carry its notes: only then its remote has a name. */
export const carriesNotesLater = (repository: Pick<Repository, 'commonDir'>): boolean =>
  readStateFile(newCloneOf(repository)) === NOTES;

/** Lists a new clone with the others of this account, for whoever takes Linekeeper out. Throws file-system errors. */
export function registerClone(repository: Pick<Repository, 'commonDir'>, runtime: Runtime): void {
  saveProgram(repository, runtime);
  if (runtime.launcher !== undefined) registerRepository(folderBeside(runtime.launcher), repository.commonDir);
  rmSync(newCloneOf(repository), { force: true });
}

/** The folder that a launcher is in the `bin` of. */
export const folderBeside = (launcher: string): string => path.dirname(path.dirname(launcher));

/** Removes all records. Throws file-system errors. */
export function forgetProgram(repository: Pick<Repository, 'commonDir'>): void {
  rmSync(fileOf(repository), { force: true });
  rmSync(runtimeOf(repository), { force: true });
  rmSync(newCloneOf(repository), { force: true });
}

const runtimeOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'runtime');

/**
 * Writes what the editor runs extensions with where the hook of its own chat agent looks: two lines, the program and 1
 * for Electron. In the repository, since nobody has agreed to anything outside of it; a hook that finds none takes
 * `node` from PATH. Errors are ignored.
 */
export function saveEditorRuntime(repository: Pick<Repository, 'commonDir'>, { executable, electron }: Runtime): void {
  const file = runtimeOf(repository);
  const text = `${executable}\n${electron ? '1' : '0'}\n`;
  if (!/[\r\n]/.test(executable) && readStateFile(file) !== text) writeStateFile(file, text);
}

/** Whether the extension has been at work in a repository. */
export const hasEditorRuntime = (repository: Pick<Repository, 'commonDir'>): boolean =>
  readStateFile(runtimeOf(repository)) !== '';
