/**
 * Exceptions: for some minutes, or for one session, a person lets agents do what the policy forbids, and gives a
 * reason. What was done under them is recorded in the notes of the commits.
 */
import { randomBytes } from 'node:crypto';
import { RecordFolder } from '../../../base/files';
import { hasShape, isListOf, isNumber, isText, orNull, type Guard } from '../../../base/shapes';

/** The longest that an exception may last (minutes). */
export const MINUTES_AT_MOST = 120;
const REASON_AT_MOST = 500;
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

const isUse: Guard<Use> = hasShape({ assistant: isText, session: orNull(isText), tier: orNull(isText) });

const records = new RecordFolder<Omit<Exception, 'id'>>({
  folder: 'exceptions',
  isRecord: hasShape({
    reason: isText,
    by: isText,
    from: isNumber,
    until: isNumber,
    session: orNull(isText),
    tier: orNull(isText),
    uses: isListOf(isUse),
  }),
  timeOf: ({ from }) => from,
});

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
  records.put(gitDir, granted, granted.id);
  return granted;
}

/** Ends the active ones and returns them. Throws a file system error. */
export function endExceptions(gitDir: string, now: number): Exception[] {
  const active = activeExceptions(gitDir, now);
  for (const exception of active) records.put(gitDir, { ...exception, until: now }, exception.id);
  return active;
}

export const activeExceptions = (gitDir: string, now: number): Exception[] =>
  exceptions(gitDir, now).filter(({ from, until }) => from <= now && now < until);

/** All that are known, oldest first. What can't be read is left out, and what lasts longer than an exception may. */
export const exceptions = (gitDir: string, now: number): Exception[] =>
  records
    .entries(gitDir, now)
    .filter(([, { from, until }]) => until - from <= MINUTES_AT_MOST * 60_000)
    .map(([id, exception]) => ({ ...exception, id }));

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
  const known = records.get(gitDir, id);
  if (
    known === undefined ||
    known.uses.some((one) => one.assistant === use.assistant && one.session === use.session && one.tier === use.tier)
  )
    return;
  try {
    records.put(gitDir, { ...known, uses: [...known.uses, use] }, id);
  } catch {
    // a full disk: the exception itself is known all the same
  }
}
