/** Since when a commit has been in a stage. */
import type { Commit, Repository } from '../../git';
import type { Deployment } from './deployment-notes';

/** A duration such as `24h` in milliseconds. */
export function durationMs(soak: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)([smhd])$/.exec(soak) ?? [];
  return Number(count) * ({ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1_000);
}

/** A clock that is ahead by no more than this is accepted (milliseconds). */
export const SKEW_MS = 5 * 60_000;

/** Finds which commits a deployed commit contains, with one git call for each deployed commit. */
export class Contents {
  private readonly known = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  /** `commits`: those to look for. */
  constructor(
    private readonly repository: Repository,
    private readonly commits: readonly string[],
  ) {}

  /**
   * Those of the commits that are `deployed` or its ancestors; undefined when that commit is not here. Throws a
   * GitError.
   */
  of(deployed: string): Promise<ReadonlySet<string> | undefined> {
    const found = this.known.get(deployed) ?? this.read(deployed);
    this.known.set(deployed, found);
    return found;
  }

  private async read(deployed: string): Promise<ReadonlySet<string> | undefined> {
    const missing = await this.repository.git(['rev-list', '--no-walk', '--stdin'], {
      input: `${deployed}\n`,
      codes: [0, 128],
    });
    if (missing.code !== 0) return undefined;
    // Lists the commits that are not reachable from it; the rest are in it.
    const outside = await this.repository.text(['rev-list', '--stdin'], {
      input: [...this.commits, `^${deployed}`].join('\n') + '\n',
      timeout: 120_000,
    });
    const unseen = new Set(outside.split('\n'));
    return new Set(this.commits.filter((commit) => !unseen.has(commit)));
  }
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

/** The commit's own time where it is later than its deployment, as far as it is not in the future itself. */
export function skewOf(commit: Commit | undefined, deployed: number, now: number, skewed: Set<string>): number {
  const made = (commit?.committer.time ?? 0) * 1000;
  if (commit === undefined || made <= deployed + SKEW_MS) return deployed;
  skewed.add(commit.id);
  return Math.min(made, now);
}
