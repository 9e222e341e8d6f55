/** Writes small files of ours in a git directory. */
import path from 'node:path';
import { writeWhole } from './write-whole';
import { makeDataFolder } from './data-folder-in-git-dir';

/**
 * Writes a file below `<git dir>/linekeeper` to a temporary name and renames it into place, so that nobody reads half
 * of it. Throws file-system errors.
 */
export function writeOwnFile(file: string, text: string): void {
  makeDataFolder(path.dirname(file));
  writeWhole(file, text);
}
