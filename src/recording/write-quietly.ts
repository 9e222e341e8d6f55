/** Small marks of our own, of which nothing depends. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

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
