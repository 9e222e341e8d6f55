/** The commit with which a repository adopted its policy: what came before it is exempt. */
import { isolatedGit, outputLines, type Repository } from '../../../git';
import { isMergedInto, type Range } from './commit-range';

/** A range, and why the adoption commit that the policy names exempts nothing of it. */
export interface Adopted {
  readonly range: Range;
  /** `missing`: the commit is not here. `unmerged`: it is not on the branch where it has to be. */
  readonly unadopted?: 'missing' | 'unmerged';
}

/**
 * The range with everything before the adoption commit exempt. `mergedInto`: the commit whose history has to have the
 * adoption commit. Below a floor that is the base, or a repository could exempt commits that nobody has reviewed.
 */
export async function sinceAdoption(
  repository: Repository,
  range: Range,
  since: string | null,
  mergedInto?: string,
): Promise<Adopted> {
  if (since === null) return { range };
  const adoption = await adoptionCommit(repository, since);
  if (adoption === undefined) return { range, unadopted: 'missing' };
  if (mergedInto !== undefined && !(await isMergedInto(repository, mergedInto, adoption)))
    return { range, unadopted: 'unmerged' };
  const earlier = await isolatedGit(repository, ['rev-list', `${adoption}^@`, `^${range.mergeBase}`], {
    codes: [0, 128],
    timeout: 120_000,
  });
  const before = new Set(outputLines(earlier.stdout));
  return {
    range: {
      ...range,
      exempt: new Set(range.commits.map((commit) => commit.id).filter((id) => before.has(id))),
      adoption,
    },
  };
}

/** The full id of the commit that a policy's `since` names; undefined where it is not here. Throws a GitError. */
export async function adoptionCommit(repository: Repository, since: string): Promise<string | undefined> {
  // Uses the real repository, because an abbreviated id is looked up; a branch of that name must not be mistaken for
  // it.
  const answer = await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`], {
    codes: [0, 1, 128],
  });
  const adoption = answer.code === 0 ? answer.stdout.toString('utf8').trim() : '';
  return adoption.startsWith(since) ? adoption : undefined;
}
