/** Reports of clones' health: this clone's own, and files of `linekeeper doctor --json` from other machines. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import { hasShape, isListOf, isOneOf, isText, isWhole, orNull, parsedAs, type Guard } from '../../base/shapes';
import { printable } from '../../policy';
import { CannotSay, type Call } from '../verb';
import { examine } from './examine-clone';
import type { Health } from './health-figures';
import { attempt } from '../../base/platform';

/** Larger files are no reports (bytes), and a folder with more is not read to its end (files). */
const LARGEST = 2_000_000;
const AT_MOST = 200_000;

const isPlain: Guard<string> = (value): value is string =>
  isText(value) && value.length <= 500 && !/[\p{Cc}\p{Cf}]/u.test(value);
const isDay: Guard<string> = (value): value is string =>
  isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
const isId: Guard<string> = (value): value is string => isText(value) && /^[a-z0-9-]{1,64}$/.test(value);
const isFewer: Guard<number> = (value): value is number => isWhole(value) && value >= 0 && value < 1_000_000;

const isReport = hasShape({
  health: hasShape({
    day: isDay,
    repository: isPlain,
    clone: isId,
    linekeeper: isPlain,
    git: isPlain,
    platform: isPlain,
    hooks: isOneOf('installed', 'outdated', 'partly', 'absent', 'displaced'),
    lastHeard: orNull(isDay),
    assistants: isListOf(
      hasShape({
        id: isId,
        version: orNull(isPlain),
        hooks: isOneOf('installed', 'absent', 'changed', 'off', 'unreadable'),
        lastHeard: orNull(isDay),
      }),
    ),
    floors: isListOf(isPlain),
    mode: isOneOf('enforce', 'observe', 'none'),
    policy: hasShape({ source: isPlain, digest: isPlain }),
    toFix: isFewer,
  }),
});

/** This clone's. Nothing is renewed or repaired. Throws what reading the repository throws. */
export const healthReport = async (call: Call): Promise<Health> => (await examine(call, { renew: false })).health;

interface Collected {
  readonly reports: readonly Health[];
  /** Files that are no reports, or of a version that is not read. */
  readonly others: readonly string[];
}

/** Those in a folder. Throws a {@link CannotSay} when it can't be read. */
export function readHealth(folder: string): Collected {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    throw new CannotSay(
      `${printable(folder)} can't be read: ${whyUnread(error)}. --health names a folder with files of "linekeeper doctor --json".`,
    );
  }
  if (names.length > AT_MOST)
    throw new CannotSay(`${printable(folder)} holds more than ${String(AT_MOST)} reports. Take out the old ones.`);
  const reports: Health[] = [];
  const others: string[] = [];
  for (const name of names.sort()) {
    const text = textOf(path.join(folder, name));
    const found = text === undefined ? undefined : parsedAs(text, isReport);
    if (found === undefined) others.push(name);
    else reports.push(found.health);
  }
  return { reports, others };
}

/** Undefined for what is too large, or can't be read. */
function textOf(file: string): string | undefined {
  return attempt(() => (statSync(file).size > LARGEST ? undefined : readFileSync(file, 'utf8')));
}
