/**
 * Reverting a revert washes nothing. A commit that takes another one back is its author's, also where it brings lines back; where
 * that other one took back a commit itself, they are this first commit's again. The range cannot tell when both came before it.
 */
import type { LineRange } from '../../attribution/types';
import { diffTrees, emptyTree, readCommits, revertedBy, type Commit, type Repository } from '../../git';
import type { AttributionOf, AuthorsOf, CommitAuthors } from '../ports';
import { asUnknown, disclosuresOf, withDisclosures } from './commit-disclosures';

/**
 * Authors in which added lines of a revert of a revert count as nobody's, but where the first commit's note says that all of it
 * was a person's. Three git calls at most, and one for each such commit; none where no message tells of a revert. Throws a GitError.
 */
export async function hearReapplied(repository: Repository, commits: readonly Commit[], authorsOf: AuthorsOf, attributionOf: AttributionOf): Promise<AuthorsOf> {
  const inside = new Set(commits.map(({ id }) => id));
  const reverts = await revertsOf(repository, commits);
  const again = await revertsOf(repository, [...reverts.values()].filter(({ id }) => !inside.has(id)));
  if (again.size === 0) return authorsOf;
  const firsts = [...new Map([...again.values()].map((commit) => [commit.id, commit])).values()];
  const firstAuthors = await attributionOf(firsts.map(({ id }) => id));
  const persons = new Set<string>();
  for (const first of firsts) {
    const changes = await diffTrees(repository, first.parents[0] ?? emptyTree(repository), first.id);
    if (revertedBy(first.message) === undefined && isPersons(withDisclosures(firstAuthors(first, changes), disclosuresOf(first)))) persons.add(first.id);
  }
  return (commit, changes) => {
    const authors = authorsOf(commit, changes);
    const first = again.get(reverts.get(commit.id)?.id ?? '');
    return authors === undefined || first === undefined || persons.has(first.id) ? authors : withoutPeople(authors);
  };
}

/** The commits that these say they take back, by who says so; without those that are not here. */
async function revertsOf(repository: Repository, commits: readonly Commit[]): Promise<ReadonlyMap<string, Commit>> {
  const named = commits.flatMap(({ id, message }) => {
    const other = revertedBy(message);
    return other === undefined ? [] : [{ id, other }];
  });
  if (named.length === 0) return new Map();
  const known = await readCommits(repository, named.map(({ other }) => other));
  const all = [...known.values()];
  return new Map(named.flatMap(({ id, other }) => {
    const found = known.get(other) ?? all.find((one) => one.id.startsWith(other));
    return found === undefined ? [] : [[id, found] as const];
  }));
}

const isPersons = ({ provenance, files }: CommitAuthors): boolean => provenance === 'note' && files.every(({ ranges }) => ranges.every(({ author }) => author === 'human'));

const withoutPeople = (authors: CommitAuthors): CommitAuthors => ({ ...authors, files: authors.files.map((file) => ({ ...file, ranges: file.ranges.map((range): LineRange => asUnknown(range)) })) });
