/** What is at a path now. */
import { closeSync, lstatSync, openSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isWindows } from '../../../base/platform';
import { findPlaces, headOf } from '../../../git';

/** A file as git would store it. */
interface PresentFile {
  /** A file's bytes, or a symbolic link's target. */
  readonly content: Buffer;
  /** As git writes it; missing where the system has no executable bit. */
  readonly mode?: string;
}

/** Most programs empty a file before they write it: one emptied less than this ago may be about to be filled. */
const FILLED_WITHIN_MS = 100;

const LOOK_AGAIN_MS = 5;

/**
 * The current content at a path; null when there is no such file, or only through a symbolic link. Waits briefly for a
 * file that was just emptied.
 */
export function presentFile(root: string, relative: string, wait: (ms: number) => void = sleep): PresentFile | null {
  const file = path.join(root, ...relative.split('/'));
  try {
    if (realpathSync(path.dirname(file)) !== path.dirname(file)) return null;
    for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
      const kind = lstatSync(file);
      if (kind.isSymbolicLink()) return { content: readlinkSync(file, { encoding: 'buffer' }), mode: '120000' };
      if (!kind.isFile()) return null;
      const content = readFileSync(file);
      const isBeingWritten =
        content.length === 0 &&
        waited < FILLED_WITHIN_MS &&
        Math.abs(Date.now() - lstatSync(file).mtimeMs) < FILLED_WITHIN_MS;
      if (!isBeingWritten)
        return { content, ...(isWindows() ? {} : { mode: (kind.mode & 0o100) === 0 ? '100644' : '100755' }) };
      wait(LOOK_AGAIN_MS);
    }
  } catch {
    return null;
  }
}

const sleep = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const WAITS_MS = [5, 10, 20, 40, 80, 160];

/**
 * Whether a file is there and can't be read, as one that another program on Windows holds open for itself: then nobody
 * knows what is in it. Tries again for a third of a second.
 */
export function isHeld(root: string, relative: string): boolean {
  const file = path.join(root, ...relative.split('/'));
  for (const ms of [...WAITS_MS, 0]) {
    try {
      if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
      closeSync(openSync(file, 'r'));
      return false;
    } catch (error) {
      if (!['EBUSY', 'EPERM', 'EACCES'].includes(error instanceof Error && 'code' in error ? String(error.code) : ''))
        return false;
    }
    if (ms > 0) sleep(ms);
  }
  return true;
}

/** The commit that a submodule is at; undefined when the path is not a submodule. */
export function presentSubmodule(root: string, relative: string): string | undefined {
  const folder = path.join(root, ...relative.split('/'));
  const places = findPlaces(folder);
  return places?.root === folder ? headOf(places) : undefined;
}
