/** The own changes of many commits, from one git process; from two where some are merges. */
import { combinedChanges } from './combined-files-of-merges';
import { isCutOff, type Commit } from '../plumbing/read-commits';
import { completed, diffTrees, type DiffFile } from './diff-trees-and-index';
import { comparisonsOf, mergeOwnChanges, ownOf } from './own-changes-of-merges';
import { patchesOf } from './stream-patches-between-commits';
import { emptyTree } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';

/** The own changes of commits, in their order, exactly as `ownChanges` gives them for each. Throws a GitError. */
export async function* changesOfCommits(
  repository: Repository,
  commits: readonly Commit[],
): AsyncGenerator<{ readonly commit: Commit; readonly own: readonly DiffFile[] }> {
  const [only] = commits;
  // The answer for a single commit is kept: it is asked for again in the same run.
  if (only !== undefined && commits.length === 1) {
    yield { commit: only, own: await mergeOwnChanges(repository, only.parents, only.id) };
    return;
  }
  // Most merges have no file that every parent has otherwise, and so nothing of their own. Names and ids tell; to
  // compare such a merge with its parents would read all that happened since they parted.
  const merges = commits.filter(({ parents }) => parents.length > 1);
  const combined = await combinedChanges(repository, merges);
  const isClean = ({ id, parents }: Commit): boolean => parents.length > 1 && !combined.has(id);
  const requests = commits.map((commit) => ({
    commit,
    comparisons:
      isClean(commit) || (commit.parents.length === 0 && isCutOff(repository, commit.id)) ? [] : comparisonsOf(commit),
  }));
  const patches = patchesOf(
    repository,
    requests.flatMap(({ comparisons }) => comparisons),
  );
  for (const { commit, comparisons } of requests) {
    const diffs: (readonly DiffFile[])[] = [];
    for (const { from, to } of comparisons) {
      const next = await patches.next();
      diffs.push(
        await completed(repository, { from: from ?? emptyTree(repository), to }, next.done === true ? [] : next.value),
      );
    }
    yield {
      commit,
      own: isClean(commit)
        ? []
        : comparisons.length === 0
          ? await diffTrees(repository, emptyTree(repository), commit.id)
          : ownOf(diffs),
    };
  }
}
