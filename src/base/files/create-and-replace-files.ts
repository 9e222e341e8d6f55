/**
 * A file is written beside its place and then renamed, so that nobody ever reads half of it, and a process that is
 * ended in between takes nothing with it.
 */
import path from 'node:path';
import {
  accessSync,
  chmodSync,
  constants,
  linkSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { renameFile } from '../platform';
import { makeDataFolder } from './data-folder-in-git-dir';

interface Options {
  /** Of a new file; `replaceFile` leaves an existing one its own. Default: as the umask says. */
  readonly mode?: number;
  readonly encoding?: BufferEncoding;
}

let count = 0;
const besideOf = (file: string): string => `${file}.linekeeper-${String(process.pid)}-${String(++count)}`;

/** Writes a file of our own, in an existing folder. Throws file-system errors. */
export function writeWhole(file: string, data: Uint8Array | string, { mode, encoding }: Options = {}): void {
  const beside = besideOf(file);
  try {
    writeFileSync(beside, data, {
      flag: 'wx',
      ...(mode === undefined ? {} : { mode }),
      ...(encoding ? { encoding } : {}),
    });
    if (mode !== undefined) chmodSync(beside, mode); // whatever the umask is
    renameFile(beside, file);
  } catch (error) {
    removeQuietly(beside);
    throw error;
  }
}

/**
 * Writes a file that a person, git or another program owns: through links, with the permissions it has. What is no file
 * (a terminal, a pipe) is written to. Throws file-system errors, where the file is read-only too.
 */
export function replaceFile(file: string, data: Uint8Array | string, options: Options = {}): void {
  const target = targetOf(file);
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined) return writeWhole(target, data, options);
  if (!found.isFile()) return writeFileSync(target, data, options.encoding);
  accessSync(target, constants.W_OK); // a rename would bypass a read-only file
  return writeWhole(target, data, { ...options, mode: found.mode & 0o7777 });
}

/** Writes a file that must not exist yet. Throws file-system errors: `EEXIST` where it does. */
export function createFile(file: string, data: Uint8Array | string): void {
  const beside = besideOf(file);
  try {
    writeFileSync(beside, data, { flag: 'wx' });
    linkSync(beside, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || lstatSync(beside, { throwIfNoEntry: false }) === undefined) throw error;
    writeFileSync(file, data, { flag: 'wx' }); // no hard links here
  } finally {
    removeQuietly(beside);
  }
}

/**
 * Where a path leads: the target of a link, even if it does not exist yet. Throws for circular links, with the code
 * `ELOOP`.
 */
export function targetOf(file: string): string {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return file;
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return realpathSync(file);
  let target = file;
  for (let stepsAhead = 40; lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true; stepsAhead--) {
    if (stepsAhead === 0)
      throw Object.assign(new Error(`symbolic links lead in a circle at ${file}`), { code: 'ELOOP' });
    target = path.resolve(path.dirname(target), readlinkSync(target));
  }
  return target;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What can't be removed (no permission, somebody else's folder) stays: nothing depends on it. */
export function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // see above
  }
}

/**
 * Writes a file below `<git dir>/linekeeper` to a temporary name and renames it into place, so that nobody reads half
 * of it. Throws file-system errors.
 */
export function writeOwnFile(file: string, text: string): void {
  makeDataFolder(path.dirname(file));
  writeWhole(file, text);
}
