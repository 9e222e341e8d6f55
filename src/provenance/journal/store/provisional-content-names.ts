/**
 * Contents that a hook stored before their hash was known: loading the hash code takes longer than writing them, and
 * somebody is waiting for the hook. Records keep a provisional name for them permanently; whoever reads the journal
 * later sees git's id.
 *
 *     unnamed/OWN the content, which stays; below contents/ it is another name (hard link) of the same file
 *     unnamed/OWN.ID records its id, so that it is computed once
 *
 * Any process may be killed at any time: the next reader finishes what is not done yet.
 */
import { linkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFolder, makeDataFolder, readPlainFile } from '../../../base/files';
import { isDeferred, DEFERRED_PREFIX, type JournalRecord } from './record-format';

const MARKER = /^([\w-]+)\.([0-9a-f]{40})$/;

interface DeferredBlobPorts {
  /** `unnamed` in the journal's folder. */
  readonly folder: string;
  /** Where the content with an id is stored. */
  readonly contentFile: (id: string) => string;
  /** Refreshes a stored content's age; false when it does not exist. */
  readonly renew: (file: string) => boolean;
  /** Writes a file atomically, creating its folder. Throws. */
  readonly write: (file: string, content: Uint8Array) => void;
  readonly blobId: (content: Uint8Array) => string;
}

export class DeferredBlobs {
  /** git's ids by provisional name; undefined until first needed. */
  private known: Map<string, string> | undefined;
  /** Files, by git's id, that could not be put in their place. */
  private readonly displaced = new Map<string, string>();

  constructor(private readonly ports: DeferredBlobPorts) {}

  /** Stores a content under a unique name and returns that name. Throws what `write` does. */
  keep(content: Uint8Array, fileName: string): string {
    this.ports.write(path.join(this.ports.folder, fileName), content);
    return `${DEFERRED_PREFIX}${fileName}`;
  }

  /** The file of a content that is stored only here; undefined when there is none. */
  file(id: string): string | undefined {
    return isDeferred(id) ? path.join(this.ports.folder, ownOf(id)) : this.displaced.get(id);
  }

  /** The record with git's ids. A lost content keeps its provisional name. */
  named(record: JournalRecord): JournalRecord {
    const id = (one: string | null): string | null => (isDeferred(one) ? (this.idOf(one) ?? one) : one);
    switch (record.kind) {
      case 'edit':
        return record.files.some(({ from, to }) => isDeferred(from) || isDeferred(to))
          ? { ...record, files: record.files.map((file) => ({ ...file, from: id(file.from), to: id(file.to) })) }
          : record;
      case 'seen':
        return record.files.some(({ content }) => isDeferred(content))
          ? { ...record, files: record.files.map((file) => ({ ...file, content: id(file.content) })) }
          : record;
      case 'committed':
      case 'session':
        return record;
    }
  }

  /** git's id of a content by its provisional name; undefined when the content is missing. */
  idOf(unnamed: string): string | undefined {
    const ownName = ownOf(unnamed);
    this.known ??= new Map(
      listFolder(this.ports.folder).flatMap((name) => {
        const [, known, id] = MARKER.exec(name) ?? [];
        return known !== undefined && id !== undefined ? [[known, id] as const] : [];
      }),
    );
    const known = this.known.get(ownName);
    if (known !== undefined) return known;
    const file = path.join(this.ports.folder, ownName);
    let content: Buffer;
    try {
      content = readPlainFile(file);
    } catch {
      return undefined;
    }
    const id = this.ports.blobId(content);
    this.known.set(ownName, id);
    if (this.place(file, content, id)) markIfPossible(`${file}.${id}`);
    else this.displaced.set(id, file);
    return id;
  }

  /** Files that no record needs: `needed` are the ids in the records. */
  unneeded(needed: ReadonlySet<string>): readonly string[] {
    return listFolder(this.ports.folder)
      .filter((name) => !needed.has(`${DEFERRED_PREFIX}${MARKER.exec(name)?.[1] ?? name}`))
      .map((name) => path.join(this.ports.folder, name));
  }

  /** Whether the content is stored under its id after this call. */
  private place(file: string, content: Uint8Array, id: string): boolean {
    const { contentFile, renew, write } = this.ports;
    const to = contentFile(id);
    if (renew(to)) return true;
    try {
      makeDataFolder(path.dirname(to));
      linkSync(file, to);
      return true;
    } catch {
      // the file system has no links
    }
    try {
      write(to, content);
      return true;
    } catch {
      return false;
    }
  }
}

const ownOf = (id: string): string => id.slice(DEFERRED_PREFIX.length);

/** If this fails, the id is computed again. */
function markIfPossible(file: string): void {
  try {
    writeFileSync(file, '');
  } catch {
    // read-only, or full
  }
}
