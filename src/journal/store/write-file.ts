/** Writes small files of ours in a git directory. */
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDataFolder } from './data-folder';
import { ownName } from './record-names';

/**
 * Writes a file below `<git dir>/linekeeper` to a temporary name and renames it into place, so that nobody reads half
 * of it. Throws file-system errors.
 */
export function writeOwnFile(file: string, text: string): void {
  makeDataFolder(path.dirname(file));
  const beside = `${file}.${ownName()}`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
