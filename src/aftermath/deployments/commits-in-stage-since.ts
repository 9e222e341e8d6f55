/** Since when a commit has been in a stage. */
import { type Contents } from './commits-in-deployment';
import type { Deployment } from './deployment-notes';

/** A duration such as `24h` in milliseconds. */
export function durationMs(soak: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)([smhd])$/.exec(soak) ?? [];
  return Number(count) * ({ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1_000);
}

/**
 * For each commit the time (milliseconds) since which every deployment to a stage has contained it; commits that the
 * stage does not have now are left out.
 */
export async function inStageSince(
  deployments: readonly Deployment[],
  contents: Contents,
  commits: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const since = new Map<string, number>();
  let running = new Set(commits);
  for (const { commit, at } of [...deployments].sort((a, b) => b.at - a.at)) {
    if (running.size === 0) break;
    const has = await contents.of(commit);
    running = new Set([...running].filter((one) => has?.has(one) === true));
    for (const id of running) since.set(id, at);
  }
  return since;
}
