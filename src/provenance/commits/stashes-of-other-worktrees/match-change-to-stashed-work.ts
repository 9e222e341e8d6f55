/**
 * Which work of another work tree a change has: git does not say which stash it puts back where, and nothing of a patch
 * that is carried over (`git diff | git apply`).
 */
import { isGitError, type Repository } from '../../../git';
import { addedLines, nameIn, presentLines } from '../origins/lines-that-identify-change';
import { keepCarried } from './keep-stashes-and-carried-work';
import { putAwayBeside } from './known-stashes';

/** A change that may have work of another work tree. */
export interface Next {
  /** The commit that it starts from; the empty tree if there is none. */
  readonly parent: string;
  /** The tree or commit that it leads to; undefined while unknown. */
  readonly to: string | (() => Promise<string | undefined>);
  /** A folder with additional git objects. */
  readonly objects?: string;
}

/**
 * Commits of the other work trees' work that is here, oldest first: a change has lines of it, and the work tree has most
 * of them. `others`: work trees whose work was not committed.
 * Throws a GitError.
 */
export async function findStashed(
  repository: Repository,
  others: readonly Repository[],
  { parent, to, objects }: Next,
): Promise<readonly string[]> {
  const tree = typeof to === 'string' ? to : await to();
  if (tree === undefined) return [];
  const options = objects === undefined ? {} : { objects };
  const current = await addedLines(repository, parent, tree, options);
  if (current.size === 0) return [];
  for (const elsewhere of others) {
    try {
      await keepCarried(elsewhere, repository, current);
    } catch (error) {
      if (!isGitError(error)) throw error; // its lines stay unknown
    }
  }
  const ids = putAwayBeside(repository, Date.now());
  const found: string[] = [];
  for (const id of ids) {
    const work = [...(await linesOf(repository, id))];
    if (!work.some((line) => current.has(line))) continue;
    const there = presentLines(repository, new Set(work.map(nameIn)));
    // Some lines may be written again by chance, but not most of them.
    if (2 * work.filter((line) => current.has(line) || there.has(line)).length > work.length) found.push(id);
  }
  return found;
}

/** The distinctive lines of stashed work; none where git has deleted it. */
async function linesOf(repository: Repository, id: string): Promise<ReadonlySet<string>> {
  try {
    return await addedLines(repository, `${id}~`, id, {});
  } catch (error) {
    if (isGitError(error)) return new Set();
    throw error;
  }
}
