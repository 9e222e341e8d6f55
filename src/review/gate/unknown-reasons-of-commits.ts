/** Why lines of commits count as unknown, for whoever asks about a commit rather than a range. */
import { showCommits } from '../../provenance/commits';
import type { Repository } from '../../git';
import { loadPolicy } from '../../policy/load';
import { asCounted, type CountedCommit } from './disclosures/attribution-as-counted';
import { unknownReasonsOf } from './reasons-for-unknown-lines';

/** Sentences by the ids of commits that are counted as the gate counts them. Throws a GitError. */
export async function unknownReasonsOfCommits(
  repository: Repository,
  commits: readonly CountedCommit[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { since } = (await loadPolicy(repository)).policy;
  return new Map(commits.map((commit) => [commit.commit.id, unknownReasonsOf(commit, since !== null)]));
}

/** The same of one commit by its id; none for one that is not here. Throws a GitError. */
export async function unknownReasonsOfCommit(repository: Repository, id: string): Promise<readonly string[]> {
  const shown = [...(await showCommits(repository, [id])).values()];
  return (await unknownReasonsOfCommits(repository, await asCounted(repository, shown))).get(id) ?? [];
}
