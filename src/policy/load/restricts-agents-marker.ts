/**
 * Whether the policy last seen here restricts agents: a marker file, so that an assistant's hook can answer by it when
 * Linekeeper itself cannot run.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../base/files';
import type { Repository } from '../../git';
import type { Policy } from '..';

const fileOf = (repository: Pick<Repository, 'commonDir'>): string =>
  path.join(repository.commonDir, 'linekeeper', 'held');

/** Some tier, environment or tool is closed to agents: `deny`, or `deny-destructive`. A policy that observes closes none. */
export const restrictsAgents = (policy: Policy): boolean => policy.mode !== 'observe' && closesSomething(policy);

const closesSomething = (policy: Policy): boolean =>
  [...policy.tiers, ...policy.environments].some(({ agents }) => agents === 'deny' || agents === 'deny-destructive') ||
  [policy.tools, ...[...policy.tiers, ...policy.environments].map(({ toolLists }) => toolLists)].some(
    (lists) => lists !== undefined && lists.deny.length > 0,
  ) ||
  policy.tools.others === 'deny';

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
