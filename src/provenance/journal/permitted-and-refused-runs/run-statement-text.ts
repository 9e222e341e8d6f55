/**
 * A statement as one line of JSON, and back. Lines come from outside: from other clones, through a remote. What does not
 * have this shape, is too long, or holds control characters, is no statement.
 */
import type { KeptDetail, RunCommand, RunSession, RunSignature, RunStatement } from './types';
import { isObject, isText, isWhole, parsedAs, type JsonObject as Json } from '../../../base/shapes';

/** Longest line (UTF-16 units): an RSA signature takes 1,600. */
export const STATEMENT_AT_MOST = 8_000;
/** Longest text of a person, and longest of all others. */
const REASON_AT_MOST = 200;
const WORD_AT_MOST = 120;
const TARGETS_AT_MOST = 8;
const SIGNED_AT_MOST = 6_000;
/** A run may have been allowed by one key with several principals. */
const PRINCIPALS_AT_MOST = 8;
const MINUTES_AT_MOST = 24 * 60;

const QUARTER_MS = 15 * 60_000;

/** The time of a statement (from milliseconds): to the quarter of an hour, or the minute where the policy says so. */
export const timeOf = (time: number, { minute }: Pick<KeptDetail, 'minute'>): string =>
  `${new Date(minute ? time : time - (time % QUARTER_MS)).toISOString().slice(0, 16)}Z`;

/** Cuts a text to what is kept of it, on one line. */
export const oneLine = (text: string, atMost = WORD_AT_MOST): string => {
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > atMost ? `${letters.slice(0, atMost - 1).join('')}…` : line;
};

/** What a person gave as a reason, on one line; empty where the policy keeps no free text. */
export const reasonText = (text: string, { reason }: Pick<KeptDetail, 'reason'>): string =>
  reason ? oneLine(text, REASON_AT_MOST) : '';

/** The same statement is always the same line, so that merging two clones' lines keeps it once. */
export const textOfStatement = (statement: RunStatement): string => JSON.stringify({ v: 1, ...sorted(statement) });

/** Undefined for anything else than a statement. */
export function parseStatement(text: string): RunStatement | undefined {
  if (text.length > STATEMENT_AT_MOST) return undefined;
  const value = parsedAs(text, isObject);
  return value?.['v'] === 1 ? statementIn(value) : undefined;
}

function statementIn(value: Json): RunStatement | undefined {
  const { id, at, event } = value;
  if (typeof id !== 'string' || !/^[0-9a-f]{8,16}$/.test(id) || !isMinute(at)) return undefined;
  switch (event) {
    case 'refused':
    case 'asked':
    case 'observed':
    case 'ran': {
      const [session, command, user] = [sessionIn(value), commandIn(value['command']), wordOrNull(value['user'])];
      if (session === undefined || command === undefined || user === undefined) return undefined;
      if (event !== 'ran') return { id, at, event, ...session, user, command };
      const under = wordOrNull(value['under']);
      return under === undefined ? undefined : { id, at, event, ...session, user, under, command };
    }
    case 'requested': {
      const [by, reason, command] = [
        word(value['by']),
        word(value['reason'], REASON_AT_MOST),
        commandIn(value['command']),
      ];
      return by === undefined || reason === undefined || command === undefined
        ? undefined
        : { id, at, event, by, reason, command };
    }
    case 'approved': {
      const [by, signed] = [words(value['by'], PRINCIPALS_AT_MOST), signatureIn(value['signed'])];
      return by === undefined || signed === undefined ? undefined : { id, at, event, by, signed };
    }
    case 'ended': {
      const { failed, exit, compound } = value;
      return typeof failed === 'boolean' && (exit === null || isCount(exit, 255))
        ? { id, at, event, failed, exit, ...(compound === true ? { compound } : {}) }
        : undefined;
    }
    case 'exception': {
      const [by, reason] = [word(value['by']), word(value['reason'], REASON_AT_MOST)];
      const [session, tier, { minutes }] = [wordOrNull(value['session']), wordOrNull(value['tier']), value];
      return by === undefined || reason === undefined || session === undefined || tier === undefined
        ? undefined
        : isCount(minutes, MINUTES_AT_MOST)
          ? { id, at, event, by, reason, minutes, session, tier }
          : undefined;
    }
    case 'exception-over':
      return { id, at, event };
    default:
      return undefined;
  }
}

function sessionIn({ assistant, session }: Json): RunSession | undefined {
  const [name, id] = [word(assistant), wordOrNull(session)];
  return name === undefined || id === undefined ? undefined : { assistant: name, session: id };
}

function commandIn(value: unknown): RunCommand | undefined {
  if (!isObject(value)) return undefined;
  const [program, verb, directory] = [value['program'], value['verb'], value['directory']].map((part) =>
    wordOrNull(part),
  );
  const [environment, rule, tier] = [value['environment'], value['rule'], value['tier']].map((one) => wordOrNull(one));
  const [targets, line] = [words(value['targets'], TARGETS_AT_MOST), wordOrNull(value['line'], REASON_AT_MOST)];
  if (program === undefined || verb === undefined || directory === undefined) return undefined;
  if (environment === undefined || rule === undefined || tier === undefined) return undefined;
  return targets === undefined || line === undefined
    ? undefined
    : { program, verb, targets, directory, environment, rule, tier, line };
}

function signatureIn(value: unknown): RunSignature | undefined {
  if (!isObject(value)) return undefined;
  const { text, signature } = value;
  return isShort(text, SIGNED_AT_MOST) && isShort(signature, SIGNED_AT_MOST) ? { text, signature } : undefined;
}

const isShort = (value: unknown, atMost: number): value is string => isText(value) && value.length <= atMost;

const isCount = (value: unknown, atMost: number): value is number => isWhole(value) && value >= 0 && value <= atMost;

const isMinute = (value: unknown): value is string =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));

/** A text that {@link oneLine} would leave as it is; its length counts characters. */
const word = (value: unknown, atMost = WORD_AT_MOST): string | undefined =>
  isShort(value, 2 * atMost) && oneLine(value, atMost) === value ? value : undefined;

const wordOrNull = (value: unknown, atMost = WORD_AT_MOST): string | null | undefined =>
  value === null ? null : word(value, atMost);

function words(value: unknown, atMost: number): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > atMost) return undefined;
  const all = value.map((one) => word(one));
  return all.every((one) => one !== undefined) ? all : undefined;
}

/** Keys in one order at every depth. */
function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one as unknown)]),
  ) as T;
}
