/** Folders of ours in a repository. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** What we keep in a git directory lies below a folder of this name. */
const OWN_FOLDER = 'linekeeper';

/**
 * Makes `<git dir>/linekeeper/…` and gives it, but never the git directory: a repository that was taken away stays away, and
 * can come back to its place. Throws what `mkdir` does.
 */
export function makeOwnFolder(folder: string): string {
  if (existsSync(folder)) return folder;
  if (path.basename(folder) !== OWN_FOLDER) makeOwnFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process made it just now
  }
  return folder;
}
