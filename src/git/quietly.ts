/** Small files of our own, of which nothing depends that could not be found out again. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOwnFolder, ownName } from '../journal';

/** The text of a file; empty where there is none, or it can't be read. */
export function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Writes a file of our folder in a git directory, beside and renamed in. What goes wrong is passed over: a place that can't be written to. */
export function writeQuietly(file: string, text: string): void {
  try {
    makeOwnFolder(path.dirname(file));
    const beside = `${file}.${ownName()}`;
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch {
    // it will be looked at again next time
  }
}
