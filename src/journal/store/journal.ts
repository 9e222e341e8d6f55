/** What a journal can be asked and told. */
import { type JournalRecord, type StoredRecord } from './record';

/** The journal could not be written. The message says where and how to mend. */
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
  /**
   * Contents are kept under names of their own, which takes less time: their ids are worked out when the journal is
   * read.
   */
  readonly namesLater?: boolean;
}

export interface Journal {
  /** `<git dir>/linekeeper`. */
  readonly folder: string;
  /**
   * Keeps a content and gives its id, or its name where that is left for later. `likely`: the one that it has if
   * nothing changed. Throws a JournalError.
   */
  keep(content: Uint8Array, likely?: string | null): string;
  /** A kept content by its id or name; undefined when it is not there. */
  content(id: string): Buffer | undefined;
  /** Adds a record, after all that are there, and gives its name. Throws a JournalError. */
  add(record: WithoutTime<JournalRecord>): string;
  /**
   * Adds what happened between this record (null: before all) and the one after it, while HEAD's log was so long, at
   * about that time. Throws a JournalError.
   */
  addAfter(
    name: string | null,
    moment: { readonly at: number; readonly log?: number },
    record: WithoutTime<JournalRecord>,
  ): StoredRecord;
  /**
   * Adds what happened at an earlier time (milliseconds since the epoch), as somebody tells it later. Throws a
   * JournalError.
   */
  addAt(at: number, record: WithoutTime<JournalRecord>): string;
  /** Works out the ids that were left for later. */
  nameContents(): void;
  /**
   * All records that can be read, in order, those of the past too. What cannot be read is set aside and told in
   * `asides`.
   */
  read(): readonly StoredRecord[];
  /** The same without those of the past. */
  readPending(): readonly StoredRecord[];
  /** Records that open a bracket and are not closed yet; cheap. Contents may have names instead of ids. */
  openRecords(): readonly StoredRecord[];
  /** The content that a path had in the latest record that names it, by its id or name; undefined when none does. */
  lastContent(path: string): string | null | undefined;
  /**
   * Contents that paths had in the latest few records, by id or name: what they are likely to have still. Cheap; other
   * paths may be among them.
   */
  recentContents(paths: readonly string[]): ReadonlyMap<string, string>;
  /** Whether anything is recorded, of the past too. */
  hasRecords(): boolean;
  /** Names of records that a commit may still need, without those of the past; cheap. */
  names(): readonly string[];
  /** Names and reasons of records that were set aside. `newer`: a newer version wrote it. */
  asides(): readonly { readonly name: string; readonly reason: string; readonly newer: boolean }[];
  /** Puts records by name away as past: no commit is expected to need them. */
  shelve(names: readonly string[]): void;
  /** Names of the records that were put away. */
  shelved(): readonly string[];
  /** Removes records by name, then contents that no record needs any more. */
  drop(names: readonly string[]): void;
  /** Keeps git's index as it is now; gives the name of the copy, or undefined when there is none. */
  keepIndex(indexFile: string): string | undefined;
  indexPath(name: string): string;
}

type WithoutTime<R> = R extends JournalRecord ? Omit<R, 'at' | 'log' | 'version'> : never;
