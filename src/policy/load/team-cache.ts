/**
 * The teams that a forge has resolved, cached in the repository's git directory so that everything here knows levels
 * without the network. Read in assistants' hooks, so without a schema library.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../files';
import type { Repository } from '../../git';
import type { Teams } from '..';

export interface KnownTeams {
  /** Host name of the forge. */
  readonly host: string;
  /** When it was queried. Milliseconds since the epoch. */
  readonly at: number;
  readonly teams: Teams;
}

/** People leave teams: anything older than this no longer counts. */
const HOLDS_MS = 30 * 24 * 60 * 60_000;
const LARGEST = 4 * 1024 * 1024;

const fileOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string =>
  path.join(commonDir, 'linekeeper', 'teams.json');

/** What is cached, however old; undefined when nothing is, or nothing readable. */
export function keptTeams(repository: Pick<Repository, 'commonDir'>): KnownTeams | undefined {
  try {
    const text = readFileSync(fileOf(repository), 'utf8');
    return text.length > LARGEST ? undefined : parsed(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Team members as last resolved, by `@org/team`; none when that is too long ago. `now`: milliseconds since the epoch.
 */
export function knownTeams(repository: Pick<Repository, 'commonDir'>, now: number): Teams {
  const kept = keptTeams(repository);
  return kept === undefined || now - kept.at > HOLDS_MS || kept.at > now ? {} : kept.teams;
}

/** Caches them in place of the previous ones. */
export function keepTeams(repository: Pick<Repository, 'commonDir'>, teams: KnownTeams): void {
  const file = fileOf(repository);
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, JSON.stringify({ version: 1, ...teams }));
}

function parsed(value: unknown): KnownTeams | undefined {
  if (!isObject(value) || value['version'] !== 1) return undefined;
  const { host, at, teams } = value;
  if (typeof host !== 'string' || typeof at !== 'number' || !isObject(teams)) return undefined;
  const entries = Object.entries(teams).flatMap(([name, members]): (readonly [string, readonly string[]])[] =>
    isListOfTexts(members) ? [[name, members]] : [],
  );
  return entries.length === Object.keys(teams).length ? { host, at, teams: Object.fromEntries(entries) } : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
