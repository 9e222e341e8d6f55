/** The records on disk, one a file: pending ones, past ones, and those set aside because this version cannot read them. */
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { trace } from '../../../base/debug-trace';
import type { Journal } from './journal-interface';
import { notWritable, removeIfThere, type JournalFolder } from './journal-folder';
import { listFolder, readPlainFile, readTextOrNothing } from '../../../base/files';
import { newestIn } from './newest-record-time';
import { isProblem, parseRecord, type JournalRecord, type StoredRecord, type By } from './record-format';
import { isRecordName, timeOf } from './record-names';
import { attempt } from '../../../base/platform';

/** A record on one line, for the trace. */
const NAMED_AT_MOST = 5;

function recordInWords(record: JournalRecord): string {
  switch (record.kind) {
    case 'edit':
      return `edit by ${authorIn(record.by)}: ${filesIn(record.files)}`;
    case 'seen':
      return `${record.opens ? `before work of ${authorIn(record.opens.by)}` : record.away ? 'stashed' : 'seen'}: ${filesIn(record.files)}`;
    case 'session':
      return `${record.event} of ${record.assistant}`;
    case 'committed':
      return `commit ${record.commit.slice(0, 10)}: ${filesIn(record.files)}`;
  }
}

const authorIn = ({ author, assistant, evidence, reason }: By): string =>
  [
    assistant ?? author,
    ...(evidence === undefined ? [] : [`(${evidence})`]),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join(' ');

function filesIn(files: readonly { readonly path: string }[]): string {
  const named = files.slice(0, NAMED_AT_MOST).map(({ path }) => path);
  const more = files.length - named.length;
  return files.length === 0 ? 'no file' : `${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

const recordsIn = (folder: string): string[] => listFolder(folder).filter(isRecordName).sort();

export class StoredRecords {
  private readonly pending: string;
  private readonly past: string;
  private readonly aside: string;
  private readonly latest: ReturnType<typeof newestIn>;
  /** What was read before, by name: records never change. Not those of sessions, whose prompts may be taken out. */
  private readonly known = new Map<string, JournalRecord>();

  constructor(private readonly folder: JournalFolder) {
    this.pending = folder.place('journal');
    this.past = folder.place('past');
    this.aside = folder.place('aside');
    this.latest = newestIn(folder.place('latest'), this.pending);
  }

  /** Names of records that a commit may still need. */
  names(): string[] {
    return recordsIn(this.pending);
  }

  /** Names of the past records. */
  shelved(): string[] {
    return recordsIn(this.past);
  }

  /** The names of all records. Past ones are listed last, so that a record moved meanwhile is not missed. */
  allNames(): string[] {
    return [...new Set([...this.names(), ...this.shelved()])].sort();
  }

  hasAny(): boolean {
    return [this.pending, this.past].some((folder) => listFolder(folder).some(isRecordName));
  }

  /** A time that is later than any record's. A clock that was set back must not let a later edit come before an earlier one. */
  nextTime(now: number): number {
    return Math.max(now, this.latest.time(now, () => timeOf(this.lastName() ?? '0-')) + 1);
  }

  /** Writes a record. Throws a JournalError. */
  put(name: string, record: JournalRecord): void {
    try {
      this.latest.leave(timeOf(name));
    } catch (error) {
      throw notWritable(this.folder.place('latest'), error);
    }
    this.folder.write(path.join(this.pending, name), fileText(record));
    trace('record', () => `${name}: ${recordInWords(record)}`);
    // Only hints: the same can be found out from the records, and replay does so.
    if (record.kind === 'seen' && record.opens) this.folder.write(this.folder.place('open', name), '');
    if (record.kind === 'edit' && record.closes !== undefined)
      removeIfThere(this.folder.place('open', path.basename(record.closes)));
  }

  /** A record's text; undefined when another process has dropped it. */
  text(name: string): string | undefined {
    return this.found(name)?.text;
  }

  /** The readable ones of these. The others are set aside. */
  read(names: readonly string[]): readonly StoredRecord[] {
    const records: StoredRecord[] = [];
    for (const name of names) {
      const parsed = this.parsed(name);
      if (parsed === undefined) continue;
      if (isProblem(parsed.record)) this.setAside(parsed.file, name);
      else records.push({ name, record: parsed.record });
    }
    if (this.known.size > 2 * records.length) this.forgetExcept(new Set(names));
    return records;
  }

  /** A record; undefined with one that is not understood, or was dropped by another process. */
  understood(name: string): JournalRecord | undefined {
    const record = this.parsed(name)?.record;
    return record === undefined || isProblem(record) ? undefined : record;
  }

  /** Records that open a bracket and are not closed yet. */
  open(): readonly StoredRecord[] {
    return listFolder(this.folder.place('open'))
      .sort()
      .flatMap((name) => {
        const record = parseRecord(readTextOrNothing(path.join(this.pending, name)));
        return isProblem(record) ? [] : [{ name, record }];
      });
  }

  /** Another version may have set aside what this one can read. */
  takeBack(): void {
    for (const name of listFolder(this.aside).filter(isRecordName)) {
      const record = parseRecord(readTextOrNothing(path.join(this.aside, name)));
      if (isProblem(record)) continue;
      try {
        this.put(name, record);
        removeIfThere(path.join(this.aside, name));
      } catch {
        // read-only: it stays where it is
      }
    }
  }

  /** Why records are set aside. */
  asides(): ReturnType<Journal['asides']> {
    return attempt(
      () =>
        readdirSync(this.aside)
          .filter(isRecordName)
          .sort()
          .map((name) => {
            const record = parseRecord(readPlainFile(path.join(this.aside, name)).toString('utf8'));
            return {
              name,
              reason: isProblem(record) ? record.message : 'it can be read by this version',
              newer: isProblem(record) && record.reason === 'newer',
            };
          }),
      [],
    );
  }

  /** The texts of everything that is set aside. */
  asideTexts(): readonly string[] {
    return listFolder(this.aside).map((name) => readTextOrNothing(path.join(this.aside, name)));
  }

  /** Moves records to the past. */
  shelve(names: readonly string[]): void {
    for (const name of names) {
      try {
        this.folder.ensure(this.past);
        renameSync(path.join(this.pending, name), path.join(this.past, name));
      } catch {
        // dropped by another process meanwhile, or read-only: it stays where it is
      }
    }
  }

  remove(names: readonly string[]): void {
    for (const name of names) {
      removeIfThere(path.join(this.pending, name));
      removeIfThere(path.join(this.past, name));
      removeIfThere(this.folder.place('open', name));
    }
  }

  /** Takes the prompts out of all records; the records stay. Throws a JournalError. */
  forgetPrompts(): void {
    for (const folder of [this.pending, this.past, this.aside])
      for (const name of listFolder(folder).filter(isRecordName)) {
        const record = parseRecord(readTextOrNothing(path.join(folder, name)));
        if (isProblem(record) || record.kind !== 'session' || record.prompt === undefined) continue;
        this.folder.write(path.join(folder, name), fileText({ ...record, prompt: undefined }));
      }
  }

  private forgetExcept(names: ReadonlySet<string>): void {
    for (const name of this.known.keys()) if (!names.has(name)) this.known.delete(name);
  }

  private parsed(name: string): { readonly file: string; readonly record: ReturnType<typeof parseRecord> } | undefined {
    const known = this.known.get(name);
    if (known) return { file: '', record: known };
    const found = this.found(name);
    if (!found) return undefined;
    const record = parseRecord(found.text);
    if (!isProblem(record) && record.kind !== 'session') this.known.set(name, record);
    return { file: found.file, record };
  }

  /** Another process may move a record to the past after its name was read: then it is there. */
  private found(name: string): { readonly file: string; readonly text: string } | undefined {
    for (const file of [path.join(this.pending, name), path.join(this.past, name)]) {
      try {
        return { file, text: readPlainFile(file).toString('utf8') };
      } catch {
        // dropped by another process, or in the other place
      }
    }
    return undefined;
  }

  private setAside(file: string, name: string): void {
    try {
      this.folder.ensure(this.aside);
      renameSync(file, path.join(this.aside, name));
    } catch {
      // read-only: it stays where it is and is skipped
    }
  }

  /** Name of the latest record, past ones included. */
  private lastName(): string | undefined {
    let latest = '';
    for (const name of [...listFolder(this.pending), ...listFolder(this.past)])
      if (name > latest && isRecordName(name)) latest = name;
    return latest === '' ? undefined : latest;
  }
}

const fileText = (record: JournalRecord | Omit<JournalRecord, 'prompt'>): string =>
  `${JSON.stringify(record, null, 1)}\n`;
