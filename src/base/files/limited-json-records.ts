/**
 * Small records, one JSON file each in a folder below `<git dir>/linekeeper`: written whole, read only if a plain file has
 * the right shape, and deleted when they are too old or too many.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parsedAs, type Guard } from '../shapes';
import { dataPlace } from './data-folder-in-git-dir';
import { listFolder } from './list-folder';
import { removeQuietly, writeOwnFile } from './create-and-replace-files';
import { limitsOf, type RecordsName } from './places-in-data-folder';
import { readTextOrNothing } from './read-plain-file';

interface Kind<T> {
  readonly folder: RecordsName;
  readonly isRecord: Guard<T>;
  /** Milliseconds since the epoch. */
  readonly timeOf?: (record: T) => number;
  /** Larger files are not read. */
  readonly bytesAtMost?: number;
}

const BYTES_AT_MOST = 100_000;
const ENDING = '.json';

/** One kind of records, in any git directory. */
export class RecordFolder<T extends object> {
  private readonly timeOf: (record: T) => number;
  private readonly limits: ReturnType<typeof limitsOf>;

  constructor(private readonly kind: Kind<T>) {
    this.timeOf = kind.timeOf ?? (() => 0);
    this.limits = limitsOf(kind.folder);
  }

  /** Whether none was ever written there; cheap. */
  isAbsent(gitDir: string): boolean {
    return !existsSync(this.pathIn(gitDir));
  }

  /** Writes a record; `id`: in place of the one with that name. Throws a file system error. */
  put(gitDir: string, record: T, id = newId(this.timeOf(record))): void {
    writeOwnFile(this.fileOf(gitDir, id), `${JSON.stringify({ version: 1, ...record })}\n`);
    const { atMost } = this.limits;
    if (atMost !== undefined) for (const file of this.filesByAge(gitDir).slice(0, -atMost)) removeQuietly(file);
  }

  get(gitDir: string, id: string): T | undefined {
    return parsedAs(
      readTextOrNothing(this.fileOf(gitDir, id), this.kind.bytesAtMost ?? BYTES_AT_MOST),
      this.kind.isRecord,
    );
  }

  /** With their ids, oldest first. What can't be read is left out. */
  entries(gitDir: string, now: number): readonly (readonly [id: string, record: T])[] {
    const { timeOf, limits } = this;
    return this.idsIn(gitDir)
      .flatMap((id) => {
        const record = this.get(gitDir, id);
        if (record === undefined) return [];
        if (now - timeOf(record) < (limits.maxAge ?? Infinity)) return [[id, record] as const];
        removeQuietly(this.fileOf(gitDir, id));
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

  /** Whatever is in the folder, so that what no version reads any more goes too. */
  private filesByAge(gitDir: string): readonly string[] {
    return listFolder(this.pathIn(gitDir))
      .sort()
      .map((name) => {
        const file = path.join(this.pathIn(gitDir), name);
        return { file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
      })
      .sort((a, b) => a.at - b.at)
      .map(({ file }) => file);
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
    return dataPlace(gitDir, this.kind.folder);
  }
}

/** Begins with the time. It needs no more than to be new: the library of random bytes would take a hook longer. */
const newId = (at: number): string =>
  `${String(at).padStart(15, '0')}-${String(process.pid)}${Math.random().toString(36).slice(1, 9)}`;
