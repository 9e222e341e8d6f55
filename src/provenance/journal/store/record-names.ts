/** The names of the journal's records: a time, the kind of record, and a unique part. */
import { timeName } from './newest-record-time';
import { type JournalRecord } from './record-format';

/**
 * Endings of records. A session alone is nothing to commit: git's hook only checks whether there is a record of the
 * first kind.
 */
const EDIT = '.json';
const SESSION = '.session';
export const isRecordName = (name: string): boolean => name.endsWith(EDIT) || name.endsWith(SESSION);

export const endingOf = ({ kind }: Pick<JournalRecord, 'kind'>): string => (kind === 'session' ? SESSION : EDIT);
export const nameAt = (at: number, record: Pick<JournalRecord, 'kind'>): string =>
  `${timeName(at)}-${ownName()}${endingOf(record)}`;

/** The name of the latest record that a commit may depend on; undefined when there is none. */
export const latestEdit = (names: readonly string[]): string | undefined =>
  names.findLast((name) => name.endsWith(EDIT));
/** The time of a record, in milliseconds since the epoch, by its name. */
export const timeOf = (name: string): number => Number(name.slice(0, name.indexOf('-')));
/** A name that no other process generates, and this one generates only once. */
export const ownName = (): string => `${String(process.pid)}-${chance()}`;
export const chance = (): string => Math.random().toString(16).slice(2, 14).padEnd(12, '0');
