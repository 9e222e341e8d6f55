/** The own changes of many commits, from one git process. */
import { isCutOff, type Commit } from '../plumbing/commit';
import { completed, diffTrees, type DiffFile } from './diff';
import { comparisonsOf, mergeOwnChanges, ownOf } from './merge-changes';
import { patchesOf } from './patches';
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
  const asked = commits.map((commit) => ({
    commit,
    comparisons: commit.parents.length === 0 && isCutOff(repository, commit.id) ? [] : comparisonsOf(commit),
  }));
  const patches = patchesOf(
    repository,
    asked.flatMap(({ comparisons }) => comparisons),
  );
  for (const { commit, comparisons } of asked) {
    const diffs: (readonly DiffFile[])[] = [];
    for (const { from, to } of comparisons) {
      const next = await patches.next();
      diffs.push(
        await completed(repository, { from: from ?? emptyTree(repository), to }, next.done === true ? [] : next.value),
      );
    }
    yield {
      commit,
      own: comparisons.length === 0 ? await diffTrees(repository, emptyTree(repository), commit.id) : ownOf(diffs),
    };
  }
}
