/** Small files of our own, of which nothing depends that could not be found out again. */
import { readFileSync } from 'node:fs';
import { writeOwnFile } from '../../journal';

/** The text of a file; empty where there is none, or it can't be read. */
export function readStateFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Writes a file of our folder in a git directory, beside and renamed in. What goes wrong is passed over: a place that
 * can't be written to.
 */
export function writeStateFile(file: string, text: string): void {
  try {
    writeOwnFile(file, text);
  } catch {
    // it will be looked at again next time
  }
}
