/**
 * Which hunks somebody has read: stored on this machine only, by their content, so a tick disappears as soon as its
 * hunk changes.
 */
import { dataPlace, readTextOrNothing, writeOwnFile } from '../../base/files';

const FILE_AT_MOST = 1_000_000;
/** The oldest ticks are dropped first. */
const KEPT = 5_000;

const fileOf = (gitDir: string): string => dataPlace(gitDir, 'read-hunks');

/** Ids of hunks that are ticked. */
export function readHunks(gitDir: string): ReadonlySet<string> {
  try {
    return new Set(
      readTextOrNothing(fileOf(gitDir), FILE_AT_MOST)
        .split('\n')
        .filter((id) => /^[0-9a-f]{12}$/.test(id)),
    );
  } catch {
    return new Set(); // nothing has been read yet
  }
}

/** Ticks or unticks hunks. Throws a file system error. */
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
