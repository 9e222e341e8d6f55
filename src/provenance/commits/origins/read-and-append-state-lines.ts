import { appendFileSync } from 'node:fs';
import { writeWhole } from '../../../base/files';
import { readStateFile } from '../../../git';

/** The lines of a file in which git or we keep what is in progress; none where it is missing. */
export const readLines = (file: string): string[] =>
  readStateFile(file)
    .split('\n')
    .filter((line) => line !== '');

const BYTES_AT_MOST = 64 * 1024;

/** Appends a line to a file of which only the latest lines matter. */
export function appendLine(file: string, line: string): void {
  try {
    const text = readStateFile(file);
    if (text.length > BYTES_AT_MOST) writeWhole(file, text.slice(text.indexOf('\n', BYTES_AT_MOST / 2) + 1));
    appendFileSync(file, `${line}\n`);
  } catch {
    // read-only: what git leaves behind has to suffice
  }
}
