/** Our folders in a repository. */
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PlaceName } from './places-in-data-folder';

/** Everything we keep in a git directory is in a folder of this name. */
const OWN_FOLDER = 'linekeeper';

/** A place of ours in a git directory, or something in it; without names the folder of all. */
export const dataPlace = (gitDir: string, ...names: readonly [] | readonly [PlaceName, ...string[]]): string =>
  path.join(gitDir, OWN_FOLDER, ...names);

/**
 * Creates `<git dir>/linekeeper/…` and returns it, but never creates the git directory: a removed repository stays
 * removed and can be restored to its place. Throws what `mkdir` does, and when something else is in the folder's place:
 * the target of a link is not ours.
 */
export function makeDataFolder(folder: string): string {
  if (isFolder(folder)) return folder;
  if (path.basename(folder) !== OWN_FOLDER) makeDataFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error; // else another process has just created it
  }
  return folder;
}

/** Throws when something that is not a folder is there. */
function isFolder(place: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return found !== undefined;
  throw new Error(
    `${place} is ${found.isSymbolicLink() ? 'a symbolic link' : 'a file'} and not a folder; move it away`,
  );
}
