/**
 * Reverting a revert launders nothing, whatever a note says: lines that it brings back keep the author that they had
 * when they last existed. The range cannot show that when both commits came before it.
 */
import { UNKNOWN_AUTHOR } from '../../../provenance/authorship';
import type { FileAttribution, LineAuthorship, LineRange } from '../../../provenance/authorship/types';
import { formerAuthorsOf, revertedBy, type FormerAuthor, type FormerAuthors } from '../../../provenance/commits';
import { diffTrees, emptyTree, readCommits, type Commit, type Repository } from '../../../git';
import type { AttributionOf, AuthorsOf, CommitAuthors } from '../gate-input-types';
import { asUnknown, disclosuresOf, withDisclosures } from './read-and-apply-disclosures';

/** At most this many reverts of reverts are examined line by line; what further ones bring back is unknown. */
const LOOKED_AT = 50;

/**
 * Gives lines that a revert of a revert brings back their earlier author: an assistant, a person unless a claim of the
 * commit that wrote them contradicts that, or unknown. Where it is not an exact revert, they are unknown unless the
 * first commit's note says that all of it was a person's. No git call when no message names a revert. Throws a
 * GitError.
 */
export async function hearReapplied(
  repository: Repository,
  commits: readonly Commit[],
  authorsOf: AuthorsOf,
  attributionOf: AttributionOf,
): Promise<AuthorsOf> {
  const inside = new Set(commits.map(({ id }) => id));
  const reverts = await revertsOf(repository, commits);
  const again = await revertsOf(
    repository,
    [...reverts.values()].filter(({ id }) => !inside.has(id)),
  );
  if (again.size === 0) return authorsOf;
  const former = new Map<string, ReadonlyMap<string, FormerAuthors>>();
  for (const commit of commits) {
    const reverted = reverts.get(commit.id);
    if (reverted === undefined || !again.has(reverted.id) || former.size >= LOOKED_AT) continue;
    const found = await formerAuthorsOf(repository, commit, reverted);
    if (found) former.set(commit.id, found);
  }
  const all = [...former.values()]
    .flatMap((files) => [...files.values()])
    .flatMap(({ lines, change }) => [...lines.values(), ...(change ? [change] : [])]);
  const doubted = await doubtedOf(
    repository,
    new Set(all.flatMap(({ by, commit }) => (by.author === 'human' ? [commit] : []))),
    attributionOf,
  );
  const persons = await personsOf(
    repository,
    [...new Map([...again.values()].map((commit) => [commit.id, commit])).values()],
    attributionOf,
  );
  return (commit, changes) => {
    const authors = authorsOf(commit, changes);
    const first = again.get(reverts.get(commit.id)?.id ?? '');
    if (authors === undefined || first === undefined) return authors;
    const before = former.get(commit.id);
    if (before)
      return { ...authors, files: authors.files.map((file) => asBefore(file, before.get(file.path), doubted)) };
    return persons.has(first.id) ? authors : withoutPeople(authors);
  };
}

/** A file of a revert, with the lines that it brings back attributed to their earlier authors. */
function asBefore(
  file: FileAttribution,
  former: FormerAuthors | undefined,
  doubted: ReadonlySet<string>,
): FileAttribution {
  const heard = (by: LineAuthorship, before: FormerAuthor | null | undefined): LineAuthorship => {
    if (by.author === 'ai') return by;
    if (before?.by.author === 'ai') return before.by;
    return by.author === 'human' && (before?.by.author !== 'human' || doubted.has(before.commit)) ? UNKNOWN_AUTHOR : by;
  };
  const ranges = file.ranges.flatMap((range) =>
    Array.from({ length: range.end - range.start + 1 }, (_, index): LineRange => {
      const line = range.start + index;
      return { ...range, ...heard(range, former?.lines.get(line)), start: line, end: line };
    }),
  );
  const bringsNothing = former?.change === null;
  return {
    ...file,
    ranges,
    change: file.change && !bringsNothing ? { ...file.change, ...heard(file.change, former?.change) } : file.change,
  };
}

/** Commits that claim more AI than their notes place. */
export async function doubtedOf(
  repository: Repository,
  ids: ReadonlySet<string>,
  attributionOf: AttributionOf,
): Promise<ReadonlySet<string>> {
  const doubted = new Set<string>();
  if (ids.size === 0) return doubted;
  const [commits, authorsOf] = await Promise.all([readCommits(repository, [...ids]), attributionOf([...ids])]);
  for (const id of ids) {
    const commit = commits.get(id);
    if (commit === undefined || commit.parents.length > 1) doubted.add(id);
    else if (claimsMore(authorsOf(commit, await changesOf(repository, commit)), commit)) doubted.add(id);
  }
  return doubted;
}

function claimsMore(known: CommitAuthors | undefined, commit: Commit): boolean {
  const people = (files: readonly FileAttribution[]): number =>
    files.reduce(
      (sum, { ranges, change }) =>
        ranges.reduce((lines, { author, start, end }) => (author === 'human' ? lines + end - start + 1 : lines), sum) +
        (change?.author === 'human' ? 1 : 0),
      0,
    );
  return known === undefined || people(withDisclosures(known, disclosuresOf(commit)).files) < people(known.files);
}

/** Those of some commits whose notes attribute everything to people. */
async function personsOf(
  repository: Repository,
  commits: readonly Commit[],
  attributionOf: AttributionOf,
): Promise<ReadonlySet<string>> {
  const authorsOf = await attributionOf(commits.map(({ id }) => id));
  const persons = new Set<string>();
  for (const commit of commits) {
    const changes = await changesOf(repository, commit);
    if (
      // What a merge combined is not in its own note.
      commit.parents.length <= 1 &&
      revertedBy(commit.message) === undefined &&
      isPersons(withDisclosures(authorsOf(commit, changes), disclosuresOf(commit)))
    )
      persons.add(commit.id);
  }
  return persons;
}

export const changesOf = (repository: Repository, { id, parents: [first] }: Commit): ReturnType<typeof diffTrees> =>
  diffTrees(repository, first ?? emptyTree(repository), id);

/** The commits that these claim to revert, by the reverting commit; without those that are not here. */
export async function revertsOf(
  repository: Repository,
  commits: readonly Commit[],
): Promise<ReadonlyMap<string, Commit>> {
  const named = commits.flatMap(({ id, message }) => {
    const reverted = revertedBy(message);
    return reverted === undefined ? [] : [{ id, other: reverted }];
  });
  if (named.length === 0) return new Map();
  const known = await readCommits(
    repository,
    named.map(({ other }) => other),
  );
  const all = [...known.values()];
  return new Map(
    named.flatMap(({ id, other: revertId }) => {
      const found = known.get(revertId) ?? all.find((one) => one.id.startsWith(revertId));
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

const isPersons = ({ provenance, files }: CommitAuthors): boolean =>
  provenance === 'note' && files.every(({ ranges }) => ranges.every(({ author }) => author === 'human'));

const withoutPeople = (authors: CommitAuthors): CommitAuthors => ({
  ...authors,
  files: authors.files.map((file) => ({
    ...file,
    ranges: file.ranges.map((range): LineRange => asUnknown(range)),
    change: file.change?.author === 'human' ? { ...file.change, ...UNKNOWN_AUTHOR } : file.change,
  })),
});
