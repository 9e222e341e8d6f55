/**
 * The teams that a forge has resolved, cached in the repository's git directory so that everything here knows levels
 * without the network. Read in assistants' hooks, so without a schema library.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, writeWhole } from '../../base/files';
import type { Repository } from '../../git';
import type { Teams } from '..';
import { hasShape, isListOf, isMapOf, isNumber, isOneOf, isText, parsedAs } from '../../base/shapes';

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

const fileOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'teams.json');

/** What is cached, however old; undefined when nothing is, or nothing readable. */
export function keptTeams(repository: Pick<Repository, 'commonDir'>): KnownTeams | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(repository), 'utf8');
  } catch {
    return undefined;
  }
  const stored = parsedAs(text, isKept, LARGEST);
  return stored && { host: stored.host, at: stored.at, teams: stored.teams };
}

/**
 * Team members as last resolved, by `@org/team`; none when that is too long ago. `now`: milliseconds since the epoch.
 */
export function knownTeams(repository: Pick<Repository, 'commonDir'>, now: number): Teams {
  const stored = keptTeams(repository);
  return stored === undefined || now - stored.at > HOLDS_MS || stored.at > now ? {} : stored.teams;
}

/** Caches them in place of the previous ones. */
export function keepTeams(repository: Pick<Repository, 'commonDir'>, teams: KnownTeams): void {
  const file = fileOf(repository);
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, JSON.stringify({ version: 1, ...teams }));
}

const isKept = hasShape({ version: isOneOf(1), host: isText, at: isNumber, teams: isMapOf(isListOf(isText)) });
