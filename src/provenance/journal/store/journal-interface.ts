/** The interface of the journal. */
import { type JournalRecord, type StoredRecord } from './record-format';

/** The journal could not be written. The message says where and how to fix it. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  constructor(
    readonly reason: 'not-writable',
    message: string,
  ) {
    super(message);
  }
}

export interface JournalOptions {
  /** Stores contents under provisional names, which is faster: their ids are computed when the journal is read. */
  readonly namesLater?: boolean;
}

export interface Journal {
  /** `<git dir>/linekeeper`. */
  readonly folder: string;
  /**
   * Stores a content and returns its id, or a provisional name where naming is deferred. `likely`: its id if nothing
   * changed. Throws a JournalError.
   */
  keep(content: Uint8Array, likely?: string | null): string;
  /** A stored content by its id or name; undefined when missing. */
  content(id: string): Buffer | undefined;
  /** Appends a record and returns its name. Throws a JournalError. */
  add(record: WithoutTime<JournalRecord>): string;
  /**
   * Inserts a record of what happened after this record (null: before all) and before the next one, at about that time,
   * when HEAD's log had that length. Throws a JournalError.
   */
  addAfter(
    name: string | null,
    timestamp: { readonly at: number; readonly log?: number },
    record: WithoutTime<JournalRecord>,
  ): StoredRecord;
  /** Adds a record of an earlier time (milliseconds since the epoch), reported late. Throws a JournalError. */
  addAt(at: number, record: WithoutTime<JournalRecord>): string;
  /** Computes the ids that were deferred. */
  nameContents(): void;
  /** All readable records, in order, including past ones. Unreadable ones are set aside and listed in `asides`. */
  read(): readonly StoredRecord[];
  /** The same without past records. */
  readPending(): readonly StoredRecord[];
  /** Records that open a bracket and are not closed yet; cheap. Contents may have names instead of ids. */
  openRecords(): readonly StoredRecord[];
  /** A path's content in the latest record that names it, by id or name; undefined when none does. */
  lastContent(path: string): string | null | undefined;
  /**
   * The paths' contents in the latest few records, by id or name: probably still current. Cheap; may include other
   * paths.
   */
  recentContents(paths: readonly string[]): ReadonlyMap<string, string>;
  /** Whether anything is recorded, past records included. */
  hasRecords(): boolean;
  /** Names of records that a commit may still need, without past ones; cheap. */
  names(): readonly string[];
  /** Names and reasons of records that were set aside. `newer`: written by a newer version. */
  asides(): readonly { readonly name: string; readonly reason: string; readonly newer: boolean }[];
  /** Moves records to the past by name: no commit is expected to need them. */
  shelve(names: readonly string[]): void;
  /** Names of the past records. */
  shelved(): readonly string[];
  /** Takes the prompts out of all records, those of the past too; the records stay. Throws a JournalError. */
  forgetPrompts(): void;
  /** Removes records by name, then contents that no record needs any more. */
  drop(names: readonly string[]): void;
  /** Saves git's index as it is now; returns the name of the copy, or undefined when there is no index. */
  keepIndex(indexFile: string): string | undefined;
  indexPath(name: string): string;
}

type WithoutTime<R> = R extends JournalRecord ? Omit<R, 'at' | 'log' | 'version'> : never;
