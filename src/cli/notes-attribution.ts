/** The gate's attribution: from the commits' notes. */
import { attributed, noteReader, settleAll } from '../commits';
import { type Repository } from '../git';
import type { AttributionOf } from '../gate';

/**
 * The attribution of commits by their notes, after overdue notes have been written: for a clone in which people work.
 * `readOnly`: nothing is written, as in CI, where nothing was recorded.
 */
export const attributionOf =
  (repository: Repository, now: () => number, readOnly = false): AttributionOf =>
  async (commits) => {
    if (!readOnly) await settleAll(repository, now);
    const noteOf = await noteReader(repository, commits);
    return (commit, changes) => attributed(commit, changes, noteOf(commit.id));
  };
