/** Who wrote what, by the commits' notes, after overdue notes have been written. */
import type { AttributionOf } from '../gate';
import { attributed, noteReader, settleAll } from '../commits';
import { type Repository } from '../git';

/** For callers without an attribution of their own, such as the editor. */
export const attributionByNotes =
  (repository: Repository, now: () => number): AttributionOf =>
  async (commits) => {
    await settleAll(repository, now);
    const noteOf = await noteReader(repository, commits);
    return (commit, changes) => attributed(commit, changes, noteOf(commit.id));
  };
