/** The folder that a journal is kept in: where its files are, and how they are written. */
import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder } from '../../../base/files';
import { JournalError } from './journal-interface';
import { ownName } from './record-names';

export class JournalFolder {
  /** `<git dir>/linekeeper`. */
  readonly top: string;

  constructor(gitDir: string) {
    this.top = dataPlace(gitDir);
  }

  place(...names: readonly string[]): string {
    return path.join(this.top, ...names);
  }

  /** Creates a folder where it is missing. Throws a JournalError. */
  ensure(folder: string): void {
    try {
      makeDataFolder(folder);
    } catch (error) {
      throw notWritable(folder, error);
    }
  }

  /** Writes a file beside its place and renames it. Throws a JournalError. */
  write(file: string, data: Uint8Array | string): void {
    const beside = this.place('tmp', ownName());
    try {
      this.ensure(path.dirname(beside));
      this.ensure(path.dirname(file));
      writeFileSync(beside, data);
      renameSync(beside, file);
    } catch (error) {
      removeIfThere(beside);
      throw error instanceof JournalError ? error : notWritable(file, error);
    }
  }
}

export function notWritable(place: string, error: unknown): JournalError {
  return new JournalError(
    'not-writable',
    `Linekeeper could not write ${place} (${error instanceof Error ? error.message : String(error)}). Edits are not recorded until it can; please check its permissions and the free space.`,
  );
}

export function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // already gone, or read-only: it will be tried again
  }
}
