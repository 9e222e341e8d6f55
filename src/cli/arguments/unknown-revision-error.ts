/** The message for a revision that is not a commit in this clone. */
import { whereCutOff, type Repository } from '../../git';
import { printable } from '../../policy';

/** `advice`: where to look for one, in a complete clone. */
export function noCommit(repository: Repository, revision: string, advice = ''): string {
  const more =
    whereCutOff(repository).length > 0
      ? 'History is cut off here (a shallow clone); "git fetch --unshallow" brings the rest.'
      : advice;
  return `"${printable(revision)}" is not a commit in ${repository.root}.${more === '' ? '' : ` ${more}`}`;
}

/** For a repository in which HEAD does not exist yet. */
export const noCommitYet = (repository: Repository): string => `There is no commit yet in ${repository.root}.`;
