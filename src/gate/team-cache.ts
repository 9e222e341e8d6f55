/** The teams that a forge has resolved, kept in the repository's git directory so that `check` works without the network. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Repository } from '../git';
import type { Teams } from '../policy';

const shape = z.object({
  version: z.literal(1),
  host: z.string(),
  at: z.number(),
  teams: z.record(z.string(), z.array(z.string())),
});

export type KnownTeams = Omit<z.infer<typeof shape>, 'version'>;

/** People leave teams: what is older than this is not known any more. */
const HOLDS_MS = 30 * 24 * 60 * 60_000;
const LARGEST = 4 * 1024 * 1024;

const fileOf = ({ commonDir }: Repository): string => path.join(commonDir, 'linekeeper', 'teams.json');

/** What is kept, however old; undefined where nothing is, or nothing that can be read. */
export function keptTeams(repository: Repository): KnownTeams | undefined {
  try {
    const text = readFileSync(fileOf(repository), 'utf8');
    return text.length > LARGEST ? undefined : shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Members of teams as they were resolved last, by `@org/team`; none where that is too long ago. `now`: milliseconds since the epoch. */
export function knownTeams(repository: Repository, now: number): Teams {
  const kept = keptTeams(repository);
  return kept === undefined || now - kept.at > HOLDS_MS || kept.at > now ? {} : kept.teams;
}

/** Keeps them in place of what was kept before. */
export function keepTeams(repository: Repository, teams: KnownTeams): void {
  const file = fileOf(repository);
  const beside = `${file}.${String(process.pid)}`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeFileSync(beside, JSON.stringify({ version: 1, ...teams }), { flag: 'wx' });
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}
