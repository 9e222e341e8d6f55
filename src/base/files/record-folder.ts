/**
 * Small records, one JSON file each in a folder below `<git dir>/linekeeper`: written whole, read only if a plain file has
 * the right shape, and deleted when they are too old or too many.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parsedAs, type Guard } from '../shapes';
import { listFolder } from './list-folder';
import { writeOwnFile } from './own-file';
import { readTextOrNothing } from './plain-file';

interface Kind<T> {
  readonly folder: string;
  readonly isRecord: Guard<T>;
  /** Milliseconds since the epoch. */
  readonly timeOf: (record: T) => number;
  /** Older records are deleted when the folder is read (milliseconds). */
  readonly maxAge?: number;
  /** The oldest files are deleted when another is written. */
  readonly recordsAtMost?: number;
}

const BYTES_AT_MOST = 100_000;
const ENDING = '.json';

/** One kind of records, in any git directory. */
export class RecordFolder<T extends object> {
  constructor(private readonly kind: Kind<T>) {}

  /** Whether none was ever written there; cheap. */
  isAbsent(gitDir: string): boolean {
    return !existsSync(this.pathIn(gitDir));
  }

  /** Writes a record; `id`: in place of the one with that name. Throws a file system error. */
  put(gitDir: string, record: T, id = newId(this.kind.timeOf(record))): void {
    writeOwnFile(this.fileOf(gitDir, id), `${JSON.stringify({ version: 1, ...record })}\n`);
    const surplus = this.idsIn(gitDir).length - (this.kind.recordsAtMost ?? Infinity);
    if (surplus > 0) for (const oldest of this.byAge(gitDir).slice(0, surplus)) this.remove(gitDir, oldest);
  }

  get(gitDir: string, id: string): T | undefined {
    return parsedAs(readTextOrNothing(this.fileOf(gitDir, id), BYTES_AT_MOST), this.kind.isRecord);
  }

  /** With their ids, oldest first. What can't be read is left out. */
  entries(gitDir: string, now: number): readonly (readonly [id: string, record: T])[] {
    const { timeOf, maxAge = Infinity } = this.kind;
    return this.idsIn(gitDir)
      .flatMap((id) => {
        const record = this.get(gitDir, id);
        if (record === undefined) return [];
        if (now - timeOf(record) < maxAge) return [[id, record] as const];
        this.removeQuietly(gitDir, id);
        return [];
      })
      .sort(([, a], [, b]) => timeOf(a) - timeOf(b));
  }

  /** Oldest first. What can't be read is left out. */
  list(gitDir: string, now: number): readonly T[] {
    return this.entries(gitDir, now).map(([, record]) => record);
  }

  /** Throws a file system error. */
  remove(gitDir: string, id: string): void {
    rmSync(this.fileOf(gitDir, id), { force: true });
  }

  private removeQuietly(gitDir: string, id: string): void {
    try {
      this.remove(gitDir, id);
    } catch {
      // no permission: it is left out all the same
    }
  }

  private byAge(gitDir: string): readonly string[] {
    return this.idsIn(gitDir)
      .map((id) => ({ id, at: statSync(this.fileOf(gitDir, id), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  }

  /** By name, so that those that are named by their time are in its order. */
  private idsIn(gitDir: string): readonly string[] {
    return listFolder(this.pathIn(gitDir))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .sort();
  }

  private fileOf(gitDir: string, id: string): string {
    return path.join(this.pathIn(gitDir), id + ENDING);
  }

  private pathIn(gitDir: string): string {
    return path.join(gitDir, 'linekeeper', this.kind.folder);
  }
}

/** Begins with the time. It needs no more than to be new: the library of random bytes would take a hook longer. */
const newId = (at: number): string =>
  `${String(at).padStart(15, '0')}-${String(process.pid)}${Math.random().toString(36).slice(1, 9)}`;
