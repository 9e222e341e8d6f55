/** Contents of files, each stored once by git's id; those of a hook under a provisional name (provisional-content-names.ts). */
import { createHash } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { DeferredBlobs } from './provisional-content-names';
import { removeIfThere, type JournalFolder } from './journal-folder';
import { listFolder, readPlainFile } from '../../../base/files';
import { isDeferred, type JournalRecord } from './record-format';
import { ownName } from './record-names';
import { attempt } from '../../../base/platform';

/** git's id of a blob with this content. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1')
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest('hex');
}

/** git's id of an empty file. */
export const EMPTY_FILE = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

/** A file younger than this may belong to a record that is still being written. */
const SETTLED_AFTER_MS = 10 * 60_000;

export class StoredContents {
  private readonly top: string;
  private readonly deferred: DeferredBlobs;

  /** `namesLater`: contents get a provisional name, which is faster. */
  constructor(
    private readonly folder: JournalFolder,
    private readonly now: () => number,
    private readonly namesLater: boolean,
  ) {
    this.top = folder.place('contents');
    this.deferred = new DeferredBlobs({
      folder: folder.place('unnamed'),
      contentFile: (id) => this.file(id),
      renew: (file) => this.renew(file),
      write: (file, content) => {
        folder.write(file, content);
      },
      blobId,
    });
  }

  /** Stores a content and returns its id or name; `likely` is its id if nothing changed. Throws a JournalError. */
  keep(content: Uint8Array, likely: string | null | undefined): string {
    // Comparing is faster than loading the hash code. An empty file may be the remains of a power cut.
    const isSame = typeof likely === 'string' && content.length > 0 && this.read(likely)?.equals(content) === true;
    const id = isSame ? likely : content.length === 0 ? EMPTY_FILE : this.namesLater ? undefined : blobId(content);
    if (id === undefined) return this.deferred.keep(content, ownName());
    const file = this.fileOf(id);
    if (!this.renew(file)) this.folder.write(file, content);
    return id;
  }

  /** A content by its id or name; undefined when missing. */
  read(id: string): Buffer | undefined {
    return attempt(() => readPlainFile(this.fileOf(id)));
  }

  /** The record with git's ids. A lost content keeps its provisional name. */
  named(record: JournalRecord): JournalRecord {
    return this.deferred.named(record);
  }

  /** Removes contents that nobody needs: `ids` are those in the records. */
  removeExcept(ids: Iterable<string>): void {
    const needed = new Set<string>();
    for (const id of ids) {
      needed.add(id);
      const known = isDeferred(id) ? this.deferred.idOf(id) : undefined;
      if (known !== undefined) needed.add(known);
    }
    for (const start of listFolder(this.top))
      for (const name of listFolder(path.join(this.top, start)))
        if (!needed.has(start + name)) removeIfSettled(path.join(this.top, start, name), this.now());
    for (const file of this.deferred.unneeded(needed)) removeIfSettled(file, this.now());
  }

  private file(id: string): string {
    return path.join(this.top, id.slice(0, 2), id.slice(2));
  }

  private fileOf(id: string): string {
    return this.deferred.file(id) ?? this.file(id);
  }

  /** Refreshes a stored content's age, so that a concurrent clean-up keeps it; false when it does not exist. */
  private renew(file: string): boolean {
    try {
      utimesSync(file, this.now() / 1000, this.now() / 1000);
      return true;
    } catch {
      return false;
    }
  }
}

/** Removes a file that is old enough to belong to no record that is still being written. */
export function removeIfSettled(file: string, now: number): void {
  try {
    if (now - statSync(file).mtimeMs <= SETTLED_AFTER_MS) return;
  } catch {
    return;
  }
  removeIfThere(file);
}
