/** Brackets: the time between a report that work is about to start and the report that it is done. */
import type { StoredRecord, SeenRecord } from '../store/record-format';

/** A bracket without an event of its session for this long is closed. */
const BRACKET_EXPIRES_MS = 30 * 60_000;

/** An opening half without its closing half. */
export interface OpenBracket {
  readonly name: string;
  readonly record: SeenRecord & { readonly opens: NonNullable<SeenRecord['opens']> };
}

/** The brackets that are open at the given time. */
export function openBrackets(records: readonly StoredRecord[], now: number): OpenBracket[] {
  const closed = new Set<string>();
  const lastEvent = new Map<string, number>();
  const ended = new Map<string, number>();
  const key = (assistant: string | undefined, session: string | undefined): string => keyOf({ assistant, session });
  for (const { record } of records) {
    if (record.kind === 'committed') continue;
    if (record.kind === 'edit') {
      if (record.closes !== undefined) closed.add(record.closes);
      lastEvent.set(key(record.by.assistant, record.by.session), record.at);
    } else if (record.kind === 'session') {
      lastEvent.set(key(record.assistant, record.session), record.at);
      if (record.event !== 'start') ended.set(key(record.assistant, record.session), record.at);
    } else if (record.opens) {
      lastEvent.set(key(record.opens.by.assistant, record.opens.by.session), record.at);
    }
  }
  return records.filter((named): named is StoredRecord & OpenBracket => {
    const { name, record } = named;
    if (record.kind !== 'seen' || !record.opens || closed.has(name)) return false;
    const session = key(record.opens.by.assistant, record.opens.by.session);
    return (ended.get(session) ?? 0) < record.at && now - (lastEvent.get(session) ?? record.at) < BRACKET_EXPIRES_MS;
  });
}

/** Calls of one session that run side by side begin within this time. */
const BEGUN_TOGETHER_MS = 500;

/** A command that has committed may still go on for this long: it may commit again. A person may have committed, too. */
const GOES_ON_AFTER_COMMIT_MS = 15_000;

/**
 * The open brackets whose work may still be going on: nothing happened since that shows that it was refused or broken
 * off. What changes now may be theirs; what changes while another one is open is nobody's. An `after` still closes it.
 */
export function runningBrackets(records: readonly StoredRecord[], now: number): OpenBracket[] {
  const open = openBrackets(records, now);
  if (open.length === 0) return open;
  const indexes = new Map(records.map(({ name }, index) => [name, index]));
  const begun = new Map(records.flatMap(({ name, record }) => (record.kind === 'seen' ? [[name, record.at]] : [])));
  const firstOf = new Map<string, number>();
  const whose = records.map(({ record }) => sessionOf(record));
  whose.forEach((session, index) => {
    if (session && !firstOf.has(keyOf(session))) firstOf.set(keyOf(session), index);
  });
  return open.filter(({ name, record }) => {
    const from = indexes.get(name) ?? 0;
    const { assistant, session } = record.opens.by;
    if (assistant === undefined) return true;
    const isTogether = (at: number | undefined): boolean => Math.abs((at ?? 0) - record.at) <= BEGUN_TOGETHER_MS;
    const isOver = ({ record: later }: StoredRecord, offset: number): boolean => {
      if (later.kind === 'committed')
        return !record.opens.all || now - Math.max(later.at, record.at) > GOES_ON_AFTER_COMMIT_MS;
      const index = from + 1 + offset;
      const candidate = whose[index];
      if (candidate?.assistant !== assistant) return false;
      if (candidate.session !== session) return (firstOf.get(keyOf(candidate)) ?? 0) > from;
      if (later.kind === 'seen') return !isTogether(later.at);
      return later.kind === 'edit' && !isTogether(later.closes === undefined ? later.at : begun.get(later.closes));
    };
    return !records.slice(from + 1).some(isOver);
  });
}

interface Session {
  readonly assistant: string | undefined;
  readonly session: string | undefined;
}

const keyOf = ({ assistant, session }: Session): string => `${assistant ?? ''} ${session ?? ''}`;

/** The session that a record is an event of; undefined for what no session reports. */
function sessionOf(record: StoredRecord['record']): Session | undefined {
  if (record.kind === 'session') return { assistant: record.assistant, session: record.session };
  const by = record.kind === 'edit' ? record.by : record.kind === 'seen' ? record.opens?.by : undefined;
  return by?.assistant === undefined ? undefined : { assistant: by.assistant, session: by.session };
}
