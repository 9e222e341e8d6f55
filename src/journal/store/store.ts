/**
 * The journal on disk, below `<git dir>/linekeeper`. Many processes write at once and any of them may be killed at any
 * time: a record is written to a temporary file and renamed into place (as in a maildir), contents are stored once by
 * hash, nothing is ever locked.
 *
 *     journal/ one record a file; names sort by time past/ records of what is committed: of use when a commit is taken
 *     apart again latest/ the time of the latest record, as a name aside/ records that this version cannot read
 *     contents/ file contents by blob id unnamed/ file contents whose id was not computed when they were stored
 *     (deferred-blobs.ts) indexes/ copies of git's index (hard links: git replaces its index by a rename)
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { trace } from '../../trace';
import { newestIn } from './newest-record';
import { listFolder } from './list-folder';
import { readPlainFile, readTextOrNothing } from './read-file';
import { makeDataFolder } from './data-folder';
import {
  contentsNamedIn,
  isProblem,
  isDeferred,
  parseRecord,
  RECORD_VERSION,
  type JournalRecord,
  type StoredRecord,
} from './record';
import { DeferredBlobs } from './deferred-blobs';
import { recordInWords } from './record-in-words';
import { isRecordName, endingOf, nameAt, timeOf, ownName, chance } from './record-names';
import { JournalError, type JournalOptions, type Journal } from './journal';

/** git's id of a blob with this content. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1')
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest('hex');
}

/** git's id of an empty file. */
export const EMPTY_FILE = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
/** Contents younger than this may belong to a record that is still being written. */
const SETTLED_AFTER_MS = 10 * 60_000;
/** The number of records that count as recent. */
const RECENT = 8;

/** The journal of one work tree. Nothing is written until something is added. */
export function openJournal(gitDir: string, now: () => number, { namesLater = false }: JournalOptions = {}): Journal {
  const folder = path.join(gitDir, 'linekeeper');
  const place = (...names: string[]): string => path.join(folder, ...names);
  const journal = place('journal');
  const past = place('past');
  const contents = place('contents');

  const ensure = (dir: string): void => {
    try {
      makeDataFolder(dir);
    } catch (error) {
      throw notWritable(dir, error);
    }
  };
  const write = (file: string, data: Uint8Array | string): void => {
    const beside = place('tmp', ownName());
    try {
      ensure(path.dirname(beside));
      ensure(path.dirname(file));
      writeFileSync(beside, data);
      renameSync(beside, file);
    } catch (error) {
      removeIfThere(beside);
      throw error instanceof JournalError ? error : notWritable(file, error);
    }
  };
  const contentFile = (id: string): string => path.join(contents, id.slice(0, 2), id.slice(2));
  /** Refreshes a stored content's age, so that a concurrent clean-up keeps it; false when it does not exist. */
  const renew = (file: string): boolean => {
    try {
      utimesSync(file, now() / 1000, now() / 1000);
      return true;
    } catch {
      return false;
    }
  };
  const unnamed = new DeferredBlobs({ folder: place('unnamed'), contentFile, renew, write, blobId });
  const fileOfContent = (id: string): string => unnamed.file(id) ?? contentFile(id);
  const names = (): string[] => listFolder(journal).filter(isRecordName).sort();
  const shelved = (): string[] => listFolder(past).filter(isRecordName).sort();
  /** The names of all records. Past ones are listed last, so that a record moved meanwhile is not missed. */
  const allNames = (): string[] => [...new Set([...names(), ...shelved()])].sort();
  /** Another process may move a record to the past after its name was read: then it is there. */
  const fileOf = (name: string): { readonly file: string; readonly text: string } | undefined => {
    for (const file of [path.join(journal, name), path.join(past, name)]) {
      try {
        return { file, text: readPlainFile(file).toString('utf8') };
      } catch {
        // dropped by another process, or in the other place
      }
    }
    return undefined;
  };
  /** Name of the latest record, past ones included. */
  const lastName = (): string | undefined => {
    let latest = '';
    for (const name of [...listFolder(journal), ...listFolder(past)])
      if (name > latest && isRecordName(name)) latest = name;
    return latest === '' ? undefined : latest;
  };
  const latest = newestIn(place('latest'), journal);
  const put = (name: string, record: JournalRecord): void => {
    try {
      latest.leave(timeOf(name));
    } catch (error) {
      throw notWritable(place('latest'), error);
    }
    write(path.join(journal, name), `${JSON.stringify(record, null, 1)}\n`);
    trace('record', () => `${name}: ${recordInWords(record)}`);
    // Only hints: the same can be found out from the records, and replay does so.
    if (record.kind === 'seen' && record.opens) write(place('open', name), '');
    if (record.kind === 'edit' && record.closes !== undefined)
      removeIfThere(place('open', path.basename(record.closes)));
  };
  const readAll = (list: readonly string[]): readonly StoredRecord[] => {
    const records: StoredRecord[] = [];
    for (const name of list) {
      const found = fileOf(name);
      if (!found) continue;
      const { file, text } = found;
      const record = parseRecord(text);
      if (!isProblem(record)) {
        records.push({ name, record: unnamed.named(record) });
        continue;
      }
      try {
        ensure(place('aside'));
        renameSync(file, place('aside', name));
      } catch {
        // read-only: it stays where it is and is skipped
      }
    }
    return records;
  };
  /** Another version may have set aside what this one can read. */
  const takeBack = (): void => {
    for (const name of listFolder(place('aside')).filter(isRecordName)) {
      const record = parseRecord(readTextOrNothing(place('aside', name)));
      if (isProblem(record)) continue;
      try {
        put(name, record);
        removeIfThere(place('aside', name));
      } catch {
        // read-only: it stays where it is
      }
    }
  };

  return {
    folder,
    names,
    hasRecords: () => [journal, past].some((dir) => listFolder(dir).some(isRecordName)),
    keep(content, likely) {
      // Comparing is faster than loading the hash code. An empty file may be the remains of a power cut.
      const same = typeof likely === 'string' && content.length > 0 && this.content(likely)?.equals(content) === true;
      const id = same ? likely : content.length === 0 ? EMPTY_FILE : namesLater ? undefined : blobId(content);
      if (id === undefined) return unnamed.keep(content, ownName());
      const file = fileOfContent(id);
      if (!renew(file)) write(file, content);
      return id;
    },
    content(id) {
      try {
        return readPlainFile(fileOfContent(id));
      } catch {
        return undefined;
      }
    },
    add(record) {
      const present = now();
      // A clock that was set back must not let a later edit come before an earlier one.
      const at = Math.max(present, latest.time(present, () => timeOf(lastName() ?? '0-')) + 1);
      const name = nameAt(at, record);
      put(name, { version: RECORD_VERSION, ...record, at, log: sizeOf(path.join(gitDir, 'logs', 'HEAD')) });
      return name;
    },
    addAt(at, record) {
      const name = nameAt(at, record);
      put(name, { version: RECORD_VERSION, ...record, at });
      return name;
    },
    addAfter(before, { at: about, log }, record) {
      const all = allNames();
      const next = before === null ? all[0] : all.find((name) => name > before);
      const from = before === null ? 0 : timeOf(before) + 1;
      const to = next === undefined ? now() : timeOf(next) - 1;
      // When there is no free time between the two, its name sorts between theirs.
      const fits = from <= to || next === undefined;
      const at = fits ? Math.max(from, Math.min(about, to)) : from - 0.5;
      const name =
        fits || before === null
          ? nameAt(Math.max(0, Math.floor(at)), record)
          : `${before.slice(0, before.lastIndexOf('.'))}~${chance()}${endingOf(record)}`;
      const kept: JournalRecord = { version: RECORD_VERSION, ...record, at, ...(log === undefined ? {} : { log }) };
      put(name, kept);
      return { name, record: kept };
    },
    openRecords() {
      return listFolder(place('open'))
        .sort()
        .flatMap((name) => {
          const record = parseRecord(readTextOrNothing(path.join(journal, name)));
          return isProblem(record) ? [] : [{ name, record }];
        });
    },
    lastContent(wanted) {
      takeBack();
      const named = JSON.stringify(wanted);
      // From the latest back, because reading all of them is rarely necessary.
      for (const name of allNames().reverse()) {
        const text = fileOf(name)?.text ?? '';
        const record = text.includes(named) ? parseRecord(text) : undefined;
        if (record === undefined || isProblem(record) || record.kind === 'session') continue;
        const file = record.files.findLast((named) => named.path === wanted);
        if (file) return 'to' in file ? file.to : file.content;
      }
      return undefined;
    },
    recentContents(paths) {
      const recent = new Map<string, string>();
      for (const name of names().slice(-RECENT).reverse()) {
        if (paths.every((one) => recent.has(one))) break;
        const record = parseRecord(fileOf(name)?.text ?? '');
        if (isProblem(record) || record.kind === 'session') continue;
        for (const file of record.files) {
          const content = 'to' in file ? file.to : file.content;
          if (content !== null && !recent.has(file.path)) recent.set(file.path, content);
        }
      }
      return recent;
    },
    nameContents() {
      readAll(names());
    },
    read() {
      takeBack();
      return readAll(allNames());
    },
    readPending() {
      takeBack();
      return readAll(names());
    },
    asides() {
      try {
        return readdirSync(place('aside'))
          .filter(isRecordName)
          .sort()
          .map((name) => {
            const record = parseRecord(readPlainFile(place('aside', name)).toString('utf8'));
            return {
              name,
              reason: isProblem(record) ? record.message : 'it can be read by this version',
              newer: isProblem(record) && record.reason === 'newer',
            };
          });
      } catch {
        return [];
      }
    },
    shelved,
    shelve(done) {
      for (const name of done) {
        try {
          ensure(past);
          renameSync(path.join(journal, name), path.join(past, name));
        } catch {
          // dropped by another process meanwhile, or read-only: it stays where it is
        }
      }
    },
    forgetPrompts() {
      for (const dir of [journal, past, place('aside')])
        for (const name of listFolder(dir).filter(isRecordName)) {
          const record = parseRecord(readTextOrNothing(path.join(dir, name)));
          if (isProblem(record) || record.kind !== 'session' || record.prompt === undefined) continue;
          write(path.join(dir, name), `${JSON.stringify({ ...record, prompt: undefined }, null, 1)}\n`);
        }
    },
    drop(gone) {
      for (const name of gone) {
        removeIfThere(path.join(journal, name));
        removeIfThere(path.join(past, name));
        removeIfThere(place('open', name));
      }
      const needed = new Set<string>();
      const need = (id: string | null): void => {
        if (id === null) return;
        needed.add(id);
        const known = isDeferred(id) ? unnamed.idOf(id) : undefined;
        if (known !== undefined) needed.add(known);
      };
      const indexes = new Set<string>();
      for (const name of allNames()) {
        const record = parseRecord(fileOf(name)?.text ?? '');
        if (isProblem(record)) return; // a record we do not understand may need any content
        if (record.kind === 'seen' || record.kind === 'committed') for (const file of record.files) need(file.content);
        if (record.kind === 'seen') {
          if (record.opens?.index !== undefined) indexes.add(record.opens.index);
        }
        if (record.kind === 'edit') for (const file of record.files) for (const id of [file.from, file.to]) need(id);
      }
      // Another version may yet read what this one set aside.
      for (const name of listFolder(place('aside')))
        contentsNamedIn(readTextOrNothing(place('aside', name))).forEach(need);
      const old = (file: string): boolean => {
        try {
          return now() - statSync(file).mtimeMs > SETTLED_AFTER_MS;
        } catch {
          return false;
        }
      };
      for (const dir of listFolder(contents)) {
        for (const name of listFolder(path.join(contents, dir))) {
          const file = path.join(contents, dir, name);
          if (!needed.has(dir + name) && old(file)) removeIfThere(file);
        }
      }
      for (const file of unnamed.unneeded(needed)) if (old(file)) removeIfThere(file);
      for (const name of listFolder(place('indexes')))
        if (!indexes.has(name) && old(place('indexes', name))) removeIfThere(place('indexes', name));
    },
    keepIndex(indexFile) {
      if (!existsSync(indexFile)) return undefined;
      const name = `${String(now())}-${ownName()}`;
      ensure(place('indexes'));
      try {
        linkSync(indexFile, place('indexes', name));
      } catch {
        try {
          copyFileSync(indexFile, place('indexes', name));
        } catch (error) {
          throw notWritable(place('indexes'), error);
        }
      }
      return name;
    },
    indexPath: (name) => place('indexes', path.basename(name)),
  };
}

function notWritable(place: string, error: unknown): JournalError {
  return new JournalError(
    'not-writable',
    `Linekeeper could not write ${place} (${error instanceof Error ? error.message : String(error)}). Edits are not recorded until it can; please check its permissions and the free space.`,
  );
}

/** In bytes; -1 for a missing file. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return -1;
  }
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // already gone, or read-only: it will be tried again
  }
}
