/** What depends on one changed file, for the reader of a warning in it. */
import { blastRadius, type BlastRadius } from '../../policy/blast-radius';
import type { Repository } from '../../git';
import { ownersAt } from '../../policy/load';

/** A file in HEAD and as it is now; null: it does not exist. */
interface ChangedText {
  readonly path: string;
  /** Its path in HEAD when it was renamed. */
  readonly from: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** In the work tree; owners by HEAD's CODEOWNERS. Throws a GitError. */
export const blastRadiusOfFile = (repository: Repository, change: ChangedText): Promise<BlastRadius> =>
  blastRadius(repository, {
    changes: [change],
    tree: null,
    owners: async () => ownersAt(repository, await repository.commitId('HEAD')),
  });
