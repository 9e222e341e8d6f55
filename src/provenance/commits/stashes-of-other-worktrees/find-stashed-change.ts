/** Which stashed work a change has, made in another work tree: git does not say which stash it puts back where. */
import { isGitError, type Repository } from '../../../git';
import { addedLines, nameIn, presentLines } from '../origins/lines-that-identify-change';
import { keepUnlisted } from './keep-stash';
import { lastStashAt, putAwayBeside, rememberLookedUp } from './known-stashes';

/** A change that may have stashed work. */
export interface Next {
  /** The commit that it starts from; the empty tree if there is none. */
  readonly parent: string;
  /** The tree or commit that it leads to; undefined while unknown. */
  readonly to: string | (() => Promise<string | undefined>);
  /** A folder with additional git objects. */
  readonly objects?: string;
}

/**
 * Commits of the stashed work that is here, oldest first: a change has lines of it, and the work tree has most of them.
 * `others`: work trees whose work may have been stashed.
 * Throws a GitError.
 */
export async function findStashed(
  repository: Repository,
  others: readonly Repository[],
  { parent, to, objects }: Next,
): Promise<readonly string[]> {
  for (const elsewhere of others) {
    try {
      const stashedAt = lastStashAt(elsewhere);
      await keepUnlisted(elsewhere);
      rememberLookedUp(elsewhere, stashedAt);
    } catch (error) {
      if (!isGitError(error)) throw error; // its lines stay unknown
    }
  }
  const ids = putAwayBeside(repository, Date.now());
  if (ids.length === 0) return [];
  const tree = typeof to === 'string' ? to : await to();
  if (tree === undefined) return [];
  const current = await addedLines(repository, parent, tree, objects === undefined ? {} : { objects });
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
