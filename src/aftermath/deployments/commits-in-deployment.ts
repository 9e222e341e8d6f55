/** Which commits a deployed commit contains. */
import type { Repository } from '../../git';

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
