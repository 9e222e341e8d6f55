/** Folders of ours in a repository. */
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** What we keep in a git directory lies below a folder of this name. */
const OWN_FOLDER = 'linekeeper';

/**
 * Makes `<git dir>/linekeeper/…` and gives it, but never the git directory: a repository that was taken away stays
 * away, and can come back to its place. Throws what `mkdir` does, and where something else is in the folder's place:
 * what a link leads to is not ours.
 */
export function makeDataFolder(folder: string): string {
  if (isFolder(folder)) return folder;
  if (path.basename(folder) !== OWN_FOLDER) makeDataFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error; // else another process made it just now
  }
  return folder;
}

/** Throws where something is there that is no folder. */
function isFolder(place: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return found !== undefined;
  throw new Error(
    `${place} is ${found.isSymbolicLink() ? 'a symbolic link' : 'a file'} and not a folder; move it away`,
  );
}
