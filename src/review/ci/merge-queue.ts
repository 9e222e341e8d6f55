/**
 * Which commit of a pull request a merge queue is about to merge. The queue's event names only its own commit: what
 * the pull request has by now may be something else, and an answer about that would let in what nobody looked at.
 */
import { inMerge, isolatedGit, readCommit, type Repository } from '../../git';
import { fetchCommits } from './fetch-history';
import { CiError, type ChangeEvent } from '../forges';

/**
 * The commit to decide on: `head`, which the event names or the pull request has now, or the one that the queue has.
 * Throws a {@link CiError} where it isn't clear which one is queued, or a GitError.
 */
export async function queuedHead(
  repository: Repository,
  remote: string,
  { number, statusOf: commit, queuedOn: onto }: ChangeEvent,
  head: string,
): Promise<string> {
  if (onto === undefined || commit === null) return head;
  await fetchCommits(repository, remote, [commit, onto]);
  const here = repository.beside(); // sees what was fetched
  const merged = await readCommit(here, commit);
  if (merged === undefined)
    throw new CiError(
      `The merge queue's commit ${commit.slice(0, 12)} is not here and can't be fetched, so what it would merge is not known. Let the job check out that commit.`,
    );
  if (merged.parents.length > 1) {
    const queued = merged.parents.at(-1) ?? head;
    await fetchCommits(repository, remote, [queued]);
    return queued;
  }
  // Squashed or rebased: it is what the pull request has now if merging that gives the same files.
  const same =
    merged.parents.length === 1 &&
    (await inMerge(here, onto, head, async (tree, objects) => {
      const { stdout } = await isolatedGit(here, ['diff-tree', '-r', '--no-renames', '--name-only', tree, commit], {
        objects,
      });
      return stdout.length === 0;
    }));
  if (same === 'not-comparable')
    throw new CiError(
      `What the merge queue would merge of pull request ${String(number)} can't be compared with its commits. Use git 2.38 or newer in the job, with the whole history.`,
    );
  if (!same)
    throw new CiError(
      `Pull request ${String(number)} has other changes by now than the merge queue's commit ${commit.slice(0, 12)}. Add it to the queue again.`,
    );
  return head;
}
