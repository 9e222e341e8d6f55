/**
 * Whether the policy that was last seen here keeps agents from anything: a file that is there or not, so that the hook
 * of an assistant can answer by it when Linekeeper itself cannot run.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../git';
import type { Policy } from '../policy';

const fileOf = (repository: Pick<Repository, 'commonDir'>): string =>
  path.join(repository.commonDir, 'linekeeper', 'held');

/** Some tier or environment keeps agents from something by itself: `deny`, or `deny-destructive`. */
export const restrictsAgents = (policy: Policy): boolean =>
  [...policy.tiers, ...policy.environments].some(({ agents }) => agents === 'deny' || agents === 'deny-destructive');

/** What was last noted. */
export const wasRestricting = (repository: Pick<Repository, 'commonDir'>): boolean => existsSync(fileOf(repository));

/** Notes it. What goes wrong is passed over: it is noted again the next time. */
export function saveRestricting(repository: Pick<Repository, 'commonDir'>, policy: Policy): void {
  const file = fileOf(repository);
  const held = restrictsAgents(policy);
  if (existsSync(file) === held) return;
  try {
    if (held) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, 'The policy keeps agents from something: see "agents" in its tiers.\n');
    } else rmSync(file, { force: true });
  } catch {
    // a place that can't be written to, such as one that is only looked at
  }
}
