/** Reads and writes one configuration file: atomically, through symbolic links, preserving its mode. */
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { replaceFile, targetOf } from '../../../base/files';
import { SetupError } from './setup-error';
import { SEPARATOR } from '../../../base/platform';

const LARGEST = 8 * 1024 * 1024;

/** What a file holds; `text` is its UTF-8, a byte order mark included. */
export interface FileContent {
  readonly bytes: Buffer;
  readonly text: string;
}

/** The content; undefined when there is no such file. Throws a {@link SetupError}. */
export function readConfig(file: string): FileContent | undefined {
  try {
    if (!existsSync(file)) return undefined;
    const kind = statSync(file);
    if (!kind.isFile()) throw new SetupError('unreadable', file, 'it is not a file');
    if (kind.size > LARGEST) throw new SetupError('unreadable', file, 'it is larger than 8 MB');
    const bytes = readFileSync(file);
    return { bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError('unreadable', file, error instanceof TypeError ? 'it is not UTF-8 text' : systemReason(error));
  }
}

/** The folders that must be created for a file, innermost first. */
export function missingFolders(file: string): string[] {
  const missing: string[] = [];
  for (let folder = path.dirname(file); !existsSync(folder); folder = path.dirname(folder)) missing.push(folder);
  return missing;
}

/**
 * Writes to a temporary file and renames it into place; creates missing folders. An existing file keeps its mode.
 * Throws a {@link SetupError}.
 */
export function writeConfig(file: string, bytes: Uint8Array, executable = false): void {
  try {
    mkdirSync(path.dirname(targetOf(file)), { recursive: true });
    replaceFile(file, bytes, { mode: executable ? 0o755 : 0o644 });
  } catch (error) {
    throw new SetupError('not-writable', file, systemReason(error));
  }
}

/** Removes a file, and then those of `folders` (innermost first) that are empty. Throws a {@link SetupError}. */
export function removeConfig(file: string, folders: readonly string[]): void {
  try {
    rmSync(existsSync(file) ? realpathSync(file) : file, { force: true });
  } catch (error) {
    throw new SetupError('not-writable', file, systemReason(error));
  }
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      return; // somebody else put something there, or removed it
    }
  }
}

/**
 * Throws a {@link SetupError} when a symbolic link would place `file` outside `folder`. A missing path is judged by its
 * nearest existing folder.
 */
export function requireInside(file: string, folder: string): void {
  let relative: string;
  try {
    let there = file;
    while (!isThere(there)) there = path.dirname(there);
    relative = path.relative(realpathSync(folder), realpathSync(there));
  } catch (error) {
    throw new SetupError(isLoop(error) ? 'unreadable' : 'outside', file, systemReason(error));
  }
  if (relative === '..' || relative.startsWith(`..${SEPARATOR}`) || path.isAbsolute(relative)) {
    throw new SetupError('outside', file, `a symbolic link leads out of ${folder}`);
  }
}

/** Like `existsSync`, but true for a dangling link. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

const CIRCLE =
  'symbolic links lead in a circle here, so there is no such file; take the link away or point it to a file';

const isLoop = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ELOOP';

/** Why the system refused, in words. */
function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return CIRCLE;
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'something that is not a folder is in the way';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
