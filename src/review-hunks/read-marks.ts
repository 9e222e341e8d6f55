/**
 * Which hunks somebody has read: kept on this machine only, by their content, so a tick is gone as soon as its hunk
 * changes.
 */
import path from 'node:path';
import { readTextOrNothing, writeOwnFile } from '../journal';

const FILE_AT_MOST = 1_000_000;
/** Older ticks go first. */
const KEPT = 5_000;

const fileOf = (gitDir: string): string => path.join(gitDir, 'linekeeper', 'read-hunks');

/** Ids of hunks that are ticked. */
export function readHunks(gitDir: string): ReadonlySet<string> {
  try {
    return new Set(
      readTextOrNothing(fileOf(gitDir), FILE_AT_MOST)
        .split('\n')
        .filter((id) => /^[0-9a-f]{12}$/.test(id)),
    );
  } catch {
    return new Set(); // nothing was read yet
  }
}

/** Ticks hunks, or takes their ticks away. Throws an error of the file system. */
export function markRead(gitDir: string, ids: readonly string[], read: boolean): void {
  const known = [...readHunks(gitDir)].filter((id) => !ids.includes(id));
  const all = read ? [...known, ...ids] : known;
  writeOwnFile(
    fileOf(gitDir),
    all
      .slice(-KEPT)
      .map((id) => `${id}\n`)
      .join(''),
  );
}
