/** Where the gate's attribution comes from: the commits' notes. */
import { settleAll, showCommits, type Repository } from '../git';
import type { AttributionOf } from '../gate';

/** The attribution of commits by their notes, after whatever notes are still owed were written. */
export const attributionOf =
  (repository: Repository, now: () => number): AttributionOf =>
  async (commits) => {
    await settleAll(repository, now);
    return showCommits(repository, commits);
  };
