/** When hooks of each assistant last ran here, to the hour, for `doctor`. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, writeWhole } from '../../base/files';

const HOUR_MS = 3_600_000;

const fileOf = (repository: { readonly commonDir: string }, id: string): string =>
  dataPlace(repository.commonDir, 'seen', id);

/** Updated once an hour. Errors are ignored: nothing depends on it. */
export function noteSeen(repository: { readonly commonDir: string }, id: string, now: number): void {
  const file = fileOf(repository, id);
  try {
    const last = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Math.abs(now - last) < HOUR_MS) return;
    mkdirSync(path.dirname(file), { recursive: true });
    writeWhole(file, `${new Date(Math.floor(now / HOUR_MS) * HOUR_MS).toISOString()}\n`);
  } catch {
    // the place is not writable
  }
}

/** The hour in which hooks of this assistant last ran here, as ISO text; undefined when never. */
export function lastSeen(repository: { readonly commonDir: string }, id: string): string | undefined {
  try {
    const text = readFileSync(fileOf(repository, id), 'utf8').trim();
    return /^\d{4}-\d\d-\d\dT\d\d:/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
