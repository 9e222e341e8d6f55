/** Small files of our own, of which nothing depends that could not be found out again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The text of a file; empty where there is none, or it can't be read. */
export function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Writes beside and renames in. What goes wrong is passed over: a place that can't be written to. */
export function writeQuietly(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const beside = `${file}.${String(process.pid)}`;
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch {
    // it will be looked at again next time
  }
}
