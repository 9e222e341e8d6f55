/**
 * Whether the policy last seen here restricts agents: a marker file, so that an assistant's hook can answer by it when
 * Linekeeper itself cannot run.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, writeWhole } from '../../base/files';
import type { Repository } from '../../git';
import type { KeptDetail } from '../../provenance/journal/permitted-and-refused-runs';
import type { Policy } from '..';

const fileOf = (repository: Pick<Repository, 'commonDir'>): string => dataPlace(repository.commonDir, 'held');

/** Some tier, environment or tool is closed to agents: `deny`, or `deny-destructive`. A policy that observes closes none. */
export const restrictsAgents = (policy: Policy): boolean => policy.mode !== 'observe' && closesSomething(policy);

const closesSomething = (policy: Policy): boolean => isHeld(policy, ['deny']);

/** Whether some tier, environment or tool holds agents back in one of these ways; `deny-destructive` denies. */
const isHeld = ({ tiers, environments, tools }: Policy, ways: readonly ('deny' | 'ask')[]): boolean =>
  [...tiers, ...environments].some(({ agents }) => ways.some((way) => agents.startsWith(way))) ||
  [tools, ...[...tiers, ...environments].map(({ toolLists }) => toolLists)].some((lists) =>
    ways.some((way) => lists !== undefined && lists[way].length > 0),
  ) ||
  ways.some((way) => tools.others === way);

/** What is kept of agents' runs; undefined: nothing, as where the policy keeps agents from nothing and asks for nothing. */
export function keptOfRuns(policy: Policy): KeptDetail | undefined {
  const { runs, runsMore } = policy;
  if (runs === 'none' || !isHeld(policy, ['deny', 'ask'])) return undefined;
  const line = runs === 'redacted';
  return { line, reason: line || runsMore?.reason === true, minute: runsMore?.minute === true };
}

/** What was last recorded. */
export const wasRestricting = (repository: Pick<Repository, 'commonDir'>): boolean => existsSync(fileOf(repository));

/** Records it. Errors are ignored: it is recorded again next time. */
export function saveRestricting(repository: Pick<Repository, 'commonDir'>, policy: Policy): void {
  const file = fileOf(repository);
  const held = restrictsAgents(policy);
  if (existsSync(file) === held) return;
  try {
    if (held) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeWhole(file, 'The policy keeps agents from something: see "agents" in its tiers.\n');
    } else rmSync(file, { force: true });
  } catch {
    // not writable, such as a repository that is only being looked at
  }
}
