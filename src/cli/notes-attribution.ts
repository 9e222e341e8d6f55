/** Where the gate's attribution comes from: the commits' notes. */
import { attributed, noteReader, settleAll, type Repository } from '../git';
import type { AttributionOf } from '../gate';

/**
 * The attribution of commits by their notes, after whatever notes are still owed were written: where work goes on.
 * `readOnly`: nothing is written, as in CI, where nothing was recorded.
 */
export const attributionOf =
  (repository: Repository, now: () => number, readOnly = false): AttributionOf =>
  async (commits) => {
    if (!readOnly) await settleAll(repository, now);
    const noteOf = await noteReader(repository, commits);
    return (commit, changes) => attributed(commit, changes, noteOf(commit.id));
  };
