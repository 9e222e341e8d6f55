/** The attribution of a change that may revert a commit. */
import type { ChangeAttribution } from '../../authorship/types';
import type { DiffFile } from '../../git';
import { exactInverse, hasAssistants } from '../origins/revert';
import { readCommit } from '../../git';
import type { Repository } from '../../git';

export interface MaybeRevert {
  /** The commit that it may revert. */
  readonly id: string;
  readonly parent: string;
  readonly back: () => Promise<readonly DiffFile[]>;
  /** What is known of it from records alone. */
  readonly replayed: ChangeAttribution;
  /** Whether no assistant was at work. */
  readonly isAlone: () => boolean;
}

/**
 * The attribution as replayed when nothing is reverted exactly. `isPersons`: git reverted it without an assistant,
 * whoever the lines seem to be by. Throws a GitError.
 */
export async function afterRevert(
  repository: Repository,
  { id, parent, back, replayed, isAlone }: MaybeRevert,
): Promise<{ readonly change: ChangeAttribution; readonly isPersons: boolean }> {
  const reverted = await readCommit(repository, id);
  const pairs = reverted && (await exactInverse(repository, parent, await back(), reverted));
  if (!pairs) return { change: replayed, isPersons: false };
  const isPersons = hasAssistants(replayed) && isAlone();
  // Most commits revert nothing and need no blame.
  const { takenBack } = await import('./taken-back');
  return {
    change: await takenBack(repository, { change: replayed, reverted, pairs, certainly: isPersons }),
    isPersons,
  };
}
