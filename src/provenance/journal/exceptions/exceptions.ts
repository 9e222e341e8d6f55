/**
 * Exceptions: for some minutes, or for one session, a person lets agents do what the policy forbids, and gives a
 * reason. They are in the work tree's git directory, one file each below `linekeeper/exceptions`; what was done under
 * them is recorded in the notes of the commits.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../../base/files';
import { readTextOrNothing } from '..';
import {
  fitting,
  hasShape,
  isNumber,
  isText,
  orNull,
  parsedAs,
  textOrNull,
  type Guard,
  type JsonObject,
} from '../../../base/shapes';

/** The longest that an exception may last (minutes). */
export const MINUTES_AT_MOST = 120;
const REASON_AT_MOST = 500;
const FILE_AT_MOST = 20_000;
/** Expired ones are deleted after this time: their commits have notes by then (milliseconds). */
const KEPT_MS = 30 * 24 * 3600_000;

/** What an agent did under an exception. */
interface Use {
  readonly assistant: string;
  readonly session: string | null;
  /** The tier by name whose rule was lifted. */
  readonly tier: string | null;
}

export interface Exception {
  readonly id: string;
  readonly reason: string;
  /** E-mail address of the person who granted it, from git's configuration. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Only this session; null for every one. */
  readonly session: string | null;
  /** Only in this tier; null for every one. */
  readonly tier: string | null;
  readonly uses: readonly Use[];
}

const folderOf = (gitDir: string): string => path.join(gitDir, 'linekeeper', 'exceptions');

/** Grants an exception and returns it. Throws a file system error. */
export function grantException(
  gitDir: string,
  { minutes, ...rest }: Pick<Exception, 'reason' | 'by' | 'session' | 'tier'> & { readonly minutes: number },
  now: number,
): Exception {
  const granted = {
    ...rest,
    reason: Array.from(rest.reason).slice(0, REASON_AT_MOST).join(''),
    id: randomBytes(4).toString('hex'),
    from: now,
    until: now + Math.min(minutes, MINUTES_AT_MOST) * 60_000,
    uses: [],
  };
  keep(gitDir, granted);
  return granted;
}

/** Ends the active ones and returns them. Throws a file system error. */
export function endExceptions(gitDir: string, now: number): Exception[] {
  const active = activeExceptions(gitDir, now);
  for (const one of active) keep(gitDir, { ...one, until: now });
  return active;
}

export const activeExceptions = (gitDir: string, now: number): Exception[] =>
  exceptions(gitDir).filter(({ from, until }) => from <= now && now < until);

/** All that are known, oldest first. What can't be read is left out. */
export function exceptions(gitDir: string): Exception[] {
  let names: string[];
  try {
    names = readdirSync(folderOf(gitDir));
  } catch {
    return []; // none has been granted
  }
  return names
    .flatMap((name) => read(path.join(folderOf(gitDir), name), name.replace(/\.json$/, '')) ?? [])
    .sort((one, other) => one.from - other.from);
}

/** The exception that allows a session to act in a tier, if there is one. */
export function exceptionFor(
  gitDir: string,
  { session, tier }: { readonly session: string | undefined; readonly tier: string | null },
  now: number,
): Exception | undefined {
  return activeExceptions(gitDir, now).find(
    (one) => (one.session === null || one.session === session) && (one.tier === null || one.tier === tier),
  );
}

/** Records that an agent acted under an exception. Never throws: the tool is about to run either way. */
export function noteUse(gitDir: string, id: string, use: Use): void {
  const known = exceptions(gitDir).find((one) => one.id === id);
  if (
    known === undefined ||
    known.uses.some((one) => one.assistant === use.assistant && one.session === use.session && one.tier === use.tier)
  )
    return;
  try {
    keep(gitDir, { ...known, uses: [...known.uses, use] });
  } catch {
    // a full disk: the exception itself is known all the same
  }
}

const keep = (gitDir: string, one: Exception): void =>
  writeOwnFile(path.join(folderOf(gitDir), `${one.id}.json`), `${JSON.stringify({ version: 1, ...one })}\n`);

function read(file: string, id: string): Exception | undefined {
  const value = parsedAs(readTextOrNothing(file, FILE_AT_MOST), isStored);
  if (value === undefined) return undefined;
  const { reason, by, from, until } = value;
  if (until - from > MINUTES_AT_MOST * 60_000 || Date.now() - until > KEPT_MS) return undefined;
  const { session, tier, uses }: JsonObject = value;
  return {
    id,
    reason,
    by,
    from,
    until,
    session: textOrNull(session),
    tier: textOrNull(tier),
    uses: fitting(uses, isUse),
  };
}

const isStored = hasShape({ reason: isText, by: isText, from: isNumber, until: isNumber });

const isUse: Guard<Use> = hasShape({ assistant: isText, session: orNull(isText), tier: orNull(isText) });
