/**
 * The journal on disk, below `<git dir>/linekeeper`. Many processes write at once and any of them may be killed at any
 * time: a record is written to a temporary file and renamed into place (as in a maildir), contents are stored once by
 * hash, nothing is ever locked.
 *
 *     journal/ one record a file; names sort by time past/ records of what is committed: of use when a commit is taken
 *     apart again latest/ the time of the latest record, as a name aside/ records that this version cannot read
 *     contents/ file contents by blob id unnamed/ file contents whose id was not computed when they were stored
 *     (provisional-content-names.ts) indexes/ copies of git's index (hard links: git replaces its index by a rename)
 */
import { copyFileSync, existsSync, linkSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Journal, JournalOptions } from './journal-interface';
import { JournalFolder, notWritable } from './journal-folder';
import { listFolder } from '../../../base/files';
import { contentsNamedIn, isProblem, parseRecord, RECORD_VERSION, type JournalRecord } from './record-format';
import { chance, endingOf, nameAt, ownName, timeOf } from './record-names';
import { removeIfSettled, StoredContents } from './stored-contents';
import { StoredRecords } from './stored-records';
import { attempt } from '../../../base/platform';

/** The number of records that count as recent. */
const RECENT = 8;

/** The journal of one work tree. Nothing is written until something is added. */
export function openJournal(gitDir: string, now: () => number, { namesLater = false }: JournalOptions = {}): Journal {
  const folder = new JournalFolder(gitDir);
  const records = new StoredRecords(folder);
  const contents = new StoredContents(folder, now, namesLater);
  const readAll = (names: readonly string[]): ReturnType<Journal['read']> =>
    records.read(names).map(({ name, record }) => ({ name, record: contents.named(record) }));
  return {
    folder: folder.top,
    names: () => records.names(),
    hasRecords: () => records.hasAny(),
    keep: (content, likely) => contents.keep(content, likely),
    content: (id) => contents.read(id),
    add(record) {
      const at = records.nextTime(now());
      const name = nameAt(at, record);
      records.put(name, { version: RECORD_VERSION, ...record, at, log: sizeOf(path.join(gitDir, 'logs', 'HEAD')) });
      return name;
    },
    addAt(at, record) {
      const name = nameAt(at, record);
      records.put(name, { version: RECORD_VERSION, ...record, at });
      return name;
    },
    addAfter(before, { at: about, log }, record) {
      const { name, at } = placeAfter(records.allNames(), before, about, now, record);
      const stored: JournalRecord = { version: RECORD_VERSION, ...record, at, ...(log === undefined ? {} : { log }) };
      records.put(name, stored);
      return { name, record: stored };
    },
    openRecords: () => records.open(),
    lastContent(wanted) {
      records.takeBack();
      return lastContent(records, wanted);
    },
    recentContents: (paths) => recentContents(records, paths),
    nameContents() {
      readAll(records.names());
    },
    read() {
      records.takeBack();
      return readAll(records.allNames());
    },
    readPending() {
      records.takeBack();
      return readAll(records.names());
    },
    asides: () => records.asides(),
    shelved: () => records.shelved(),
    shelve(names) {
      records.shelve(names);
    },
    forgetPrompts() {
      records.forgetPrompts();
    },
    drop(names) {
      records.remove(names);
      const needed = neededFiles(records);
      if (needed === undefined) return;
      contents.removeExcept(needed.contents);
      for (const name of listFolder(folder.place('indexes')))
        if (!needed.indexes.has(name)) removeIfSettled(folder.place('indexes', name), now());
    },
    keepIndex: (indexFile) => keepIndex(folder, indexFile, now()),
    indexPath: (name) => folder.place('indexes', path.basename(name)),
  };
}

/** A name and a time between one record (null: before all) and the next, close to a time. */
function placeAfter(
  names: readonly string[],
  before: string | null,
  about: number,
  now: () => number,
  record: Parameters<typeof endingOf>[0],
): { readonly name: string; readonly at: number } {
  const next = before === null ? names[0] : names.find((name) => name > before);
  const from = before === null ? 0 : timeOf(before) + 1;
  const to = next === undefined ? now() : timeOf(next) - 1;
  // When there is no free time between the two, its name sorts between theirs.
  const fits = from <= to || next === undefined;
  const at = fits ? Math.max(from, Math.min(about, to)) : from - 0.5;
  const name =
    fits || before === null
      ? nameAt(Math.max(0, Math.floor(at)), record)
      : `${before.slice(0, before.lastIndexOf('.'))}~${chance()}${endingOf(record)}`;
  return { name, at };
}

/** A path's content in the latest record that names it. */
function lastContent(records: StoredRecords, wanted: string): string | null | undefined {
  const quoted = JSON.stringify(wanted);
  // From the latest back, because reading all of them is rarely necessary.
  for (const name of records.allNames().reverse()) {
    const text = records.text(name) ?? '';
    const record = text.includes(quoted) ? parseRecord(text) : undefined;
    if (record === undefined || isProblem(record) || record.kind === 'session') continue;
    const file = record.files.findLast((named) => named.path === wanted);
    if (file) return 'to' in file ? file.to : file.content;
  }
  return undefined;
}

/** Contents in the latest few records, until all of the paths are found. */
function recentContents(records: StoredRecords, paths: readonly string[]): ReadonlyMap<string, string> {
  const recent = new Map<string, string>();
  for (const name of records.names().slice(-RECENT).reverse()) {
    if (paths.every((path) => recent.has(path))) break;
    const record = parseRecord(records.text(name) ?? '');
    if (isProblem(record) || record.kind === 'session') continue;
    for (const file of record.files) {
      const content = 'to' in file ? file.to : file.content;
      if (content !== null && !recent.has(file.path)) recent.set(file.path, content);
    }
  }
  return recent;
}

/** What the records name; undefined with a record that is not understood: it may need any content. */
function neededFiles(
  records: StoredRecords,
): { readonly contents: ReadonlySet<string>; readonly indexes: ReadonlySet<string> } | undefined {
  const contents = new Set<string>();
  const indexes = new Set<string>();
  const need = (id: string | null): void => {
    if (id !== null) contents.add(id);
  };
  for (const name of records.allNames()) {
    const record = records.understood(name);
    if (record === undefined) return undefined;
    if (record.kind === 'seen' || record.kind === 'committed') for (const file of record.files) need(file.content);
    if (record.kind === 'seen' && record.opens?.index !== undefined) indexes.add(record.opens.index);
    if (record.kind === 'edit') for (const file of record.files) for (const id of [file.from, file.to]) need(id);
  }
  // Another version may yet read what this one set aside.
  for (const text of records.asideTexts()) contentsNamedIn(text).forEach(need);
  return { contents, indexes };
}

/** Saves git's index as it is now. Throws a JournalError. */
function keepIndex(folder: JournalFolder, indexFile: string, now: number): string | undefined {
  if (!existsSync(indexFile)) return undefined;
  const name = `${String(now)}-${ownName()}`;
  const file = folder.place('indexes', name);
  folder.ensure(path.dirname(file));
  try {
    linkSync(indexFile, file);
  } catch {
    try {
      copyFileSync(indexFile, file);
    } catch (error) {
      throw notWritable(path.dirname(file), error);
    }
  }
  return name;
}

/** In bytes; -1 for a missing file. */
function sizeOf(file: string): number {
  return attempt(() => statSync(file).size, -1);
}
