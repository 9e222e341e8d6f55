/** Brackets: the time between a report that work is about to start and the report that it is done. */
import type { StoredRecord, SeenRecord } from '../store/record';

/** A bracket without an event of its session for this long is closed (DESIGN 1.11). */
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
  const key = (assistant: string | undefined, session: string | undefined): string =>
    `${assistant ?? ''} ${session ?? ''}`;
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
