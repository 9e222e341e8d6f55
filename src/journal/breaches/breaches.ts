/**
 * Breaches: what an agent changed although the policy forbids it. A command's words can't show everything that it will
 * do, so its effects are checked afterwards. One file each in the work tree's git directory, below
 * `linekeeper/breaches`.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readTextOrNothing, writeOwnFile } from '..';

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

function read(file: string): Breach | undefined {
  try {
    return parsed(JSON.parse(readTextOrNothing(file, FILE_AT_MOST)));
  } catch {
    return undefined;
  }
}

function parsed(value: unknown): Breach | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { assistant, session, tier, paths, at } = value as Record<string, unknown>; // checked here
  if (typeof assistant !== 'string' || typeof tier !== 'string' || typeof at !== 'number' || !Array.isArray(paths))
    return undefined;
  return {
    assistant,
    session: typeof session === 'string' ? session : null,
    tier,
    paths: paths.filter((one) => typeof one === 'string'),
    at,
  };
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

/** The breaches in a note; a note is from outside, so anything malformed is ignored. */
export function notedBreaches(text: string | undefined): readonly Pick<Breach, 'tier' | 'paths'>[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null || !('tier' in one) || typeof one.tier !== 'string') return [];
      const paths: unknown = 'paths' in one ? one.paths : [];
      return [
        {
          tier: one.tier,
          paths: Array.isArray(paths) ? paths.filter((name): name is string => typeof name === 'string') : [],
        },
      ];
    });
  } catch {
    return [];
  }
}
