/** Small files of our own that hold nothing which could not be found out again. */
import { readFileSync } from 'node:fs';
import { writeOwnFile } from '../../base/files';
import { attempt } from '../../base/platform';

/** The text of a file; empty when it is missing or unreadable. */
export function readStateFile(file: string): string {
  return attempt(() => readFileSync(file, 'utf8'), '');
}

/**
 * Writes a file in our folder of a git directory to a temporary name and renames it into place. Errors are ignored: the
 * place may not be writable.
 */
export function writeStateFile(file: string, text: string): void {
  try {
    writeOwnFile(file, text);
  } catch {
    // it is checked again next time
  }
}
