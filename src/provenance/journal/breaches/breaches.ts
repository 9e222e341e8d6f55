/**
 * Breaches: what an agent changed although the policy forbids it. A command's words can't show everything that it will
 * do, so its effects are checked afterwards. One file each in the work tree's git directory, below
 * `linekeeper/breaches`.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../../base/files';
import { readTextOrNothing } from '..';
import {
  fitting,
  hasShape,
  isAnything,
  isListOf,
  isNumber,
  isText,
  parsedAs,
  textOrNull,
  type JsonObject,
} from '../../../base/shapes';

export interface Breach {
  readonly assistant: string;
  readonly session: string | null;
  /** The policy's tier by name. */
  readonly tier: string;
  /** Relative to the top of the work tree, with `/`. */
  readonly paths: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The key in a note's session that records it. */
export const BREACH_ATTRIBUTE = 'linekeeper.breach';

const PATHS_AT_MOST = 100;
const FILE_AT_MOST = 100_000;
/** Older ones are in their commits' notes (milliseconds). */
const KEPT_MS = 30 * 24 * 3600_000;

const folderOf = (gitDir: string): string => path.join(gitDir, 'linekeeper', 'breaches');

/** Saves one. Throws a file system error. */
export function noteBreach(gitDir: string, breach: Breach): void {
  const file = path.join(
    folderOf(gitDir),
    `${String(breach.at).padStart(15, '0')}-${randomBytes(4).toString('hex')}.json`,
  );
  writeOwnFile(file, `${JSON.stringify({ version: 1, ...breach, paths: breach.paths.slice(0, PATHS_AT_MOST) })}\n`);
}

/** Those of the last 30 days, oldest first. What can't be read is left out. */
export function breaches(gitDir: string, now: number): Breach[] {
  let names: string[];
  try {
    names = readdirSync(folderOf(gitDir));
  } catch {
    return []; // there are none
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => read(path.join(folderOf(gitDir), name)) ?? [])
    .filter(({ at }) => now - at < KEPT_MS);
}

const isStored = hasShape({ assistant: isText, tier: isText, at: isNumber, paths: isListOf(isAnything) });

function read(file: string): Breach | undefined {
  const value = parsedAs(readTextOrNothing(file, FILE_AT_MOST), isStored);
  if (value === undefined) return undefined;
  const { assistant, tier, paths, at } = value;
  const { session }: JsonObject = value;
  return { assistant, session: textOrNull(session), tier, paths: paths.filter(isText), at };
}

/** For the notes of commits: the attributes of a session with a breach; undefined for all others. */
export function breachesOf(
  gitDir: string,
  now: number,
): (assistant: string, session: string) => Readonly<Record<string, string>> | undefined {
  const known = breaches(gitDir, now);
  return (assistant, session) => {
    const mine = known.filter((one) => one.assistant === assistant && one.session === session);
    if (mine.length === 0) return undefined;
    const tiers = [...new Set(mine.map(({ tier }) => tier))].sort();
    return {
      [BREACH_ATTRIBUTE]: JSON.stringify(
        tiers.map((tier) => ({
          tier,
          paths: [...new Set(mine.flatMap((one) => (one.tier === tier ? one.paths : [])))].sort(),
        })),
      ),
    };
  };
}

const isNoted = hasShape({ tier: isText, paths: isAnything });

/** The breaches in a note; a note is from outside, so anything malformed is ignored. */
export function notedBreaches(text: string | undefined): readonly Pick<Breach, 'tier' | 'paths'>[] {
  const noted = parsedAs(text ?? '[]', isListOf(isAnything)) ?? [];
  return fitting(noted, isNoted).map(({ tier, paths }) => ({ tier, paths: fitting(paths, isText) }));
}
