/** Who wrote each line of a file, in a commit or as it is now. */
import type { Repository } from '../../../git';
import { blameLines, type BlamedHow, type BlamedLine } from './blame-lines-by-commit-attribution';
import { statusOf } from './attribute-uncommitted';

export type { BlamedLine };

export interface BlameOptions extends BlamedHow {
  readonly now: () => number;
}

/**
 * The lines of a file in a commit, or in the work tree when none is given; undefined when there is no such file. Throws
 * a GitError.
 */
export const blameFile = (
  repository: Repository,
  file: string,
  commit: string | undefined,
  options: BlameOptions,
): Promise<BlamedLine[] | undefined> =>
  blameLines(repository, file, commit, options, () => statusOf(repository, options.now));
