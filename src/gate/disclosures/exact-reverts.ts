/**
 * A person's exact revert, such as a forge's button makes without any note: what it takes away is that person's, and
 * what it brings back has its earlier author (DESIGN 1.3, rule 6). What stood on the base before anybody asked for
 * records is as it was: an outage needs nobody's sign-off for it.
 */
import { eachLine } from '../../authorship';
import type { Author, FileAttribution, LineAuthorship, LineRange } from '../../authorship/types';
import { formerAuthorsOf, noteIds, type FormerAuthor, type FormerAuthors } from '../../commits';
import { isolatedGit, readCommits, type Commit, type Repository } from '../../git';
import type { AttributionOf, AuthorsOf, CommitAuthors } from '../ports';
import type { Range } from '../range/commit-range';
import { assistantOfEmail, disclosuresOf } from './commit-disclosures';
import { changesOf, doubtedOf, revertsOf } from './reapplied-reverts';

/** At most this many reverts are examined line by line; what further ones bring back stays as it is known. */
const LOOKED_AT = 50;

const PERSONS: LineAuthorship = {
  author: 'human',
  edited: false,
  assistant: null,
  model: null,
  session: null,
  evidence: 'declared',
};

/** What is known about an exact revert. */
interface ExactRevert {
  readonly reverted: string;
  readonly former: ReadonlyMap<string, FormerAuthors>;
}

interface Known {
  /** Commits from before anybody asked for records. */
  readonly older: ReadonlySet<string>;
  /** Commits that claim more AI than their notes place. */
  readonly doubted: ReadonlySet<string>;
}

/**
 * Attribution in which the lines that no record of an exact revert says anything about have their authors. No git call
 * when no message names a revert. Throws a GitError.
 */
export async function hearExactReverts(
  repository: Repository,
  range: Pick<Range, 'base' | 'commits' | 'adoption'>,
  authorsOf: AuthorsOf,
  attributionOf: AttributionOf,
): Promise<AuthorsOf> {
  const found = new Map<string, ExactRevert>();
  const reverts = await revertsOf(repository, range.commits);
  for (const commit of range.commits) {
    const reverted = reverts.get(commit.id);
    if (reverted === undefined || commit.parents.length > 1 || !isPersons(commit) || found.size >= LOOKED_AT) continue;
    const told = authorsOf(commit, await changesOf(repository, commit));
    if (told !== undefined && provenancesOf(told.files).some(({ author }) => author === 'ai')) continue;
    const former = await formerAuthorsOf(repository, commit, reverted);
    if (former) found.set(commit.id, { reverted: reverted.id, former });
  }
  if (found.size === 0) return authorsOf;
  const all = [...found.values()]
    .flatMap(({ former }) => [...former.values()])
    .flatMap(({ lines, change }) => [...lines.values(), ...(change ? [change] : [])]);
  const ids = (author: Author): ReadonlySet<string> =>
    new Set(all.flatMap(({ by, commit, last = commit }) => (by.author === author ? [commit, last] : [])));
  const known: Known = {
    older: await olderThanRecords(repository, range, ids('unknown')),
    doubted: await doubtedOf(repository, ids('human'), attributionOf),
  };
  return (commit, changes) => {
    const authors = authorsOf(commit, changes);
    const revert = found.get(commit.id);
    return authors === undefined || revert === undefined ? authors : heard(authors, revert, known);
  };
}

/** An agent or a bot that reverts is no person in an outage. */
const isPersons = ({ author }: Commit): boolean =>
  assistantOfEmail(author.email) === undefined && !/\[bot\](?:@|$)/i.test(`${author.name}\n${author.email}`);

function heard(authors: CommitAuthors, { reverted, former }: ExactRevert, { older, doubted }: Known): CommitAuthors {
  const before = (by: LineAuthorship, was: FormerAuthor | null | undefined): LineAuthorship => {
    if (by.author !== 'unknown' || !was || doubted.has(was.commit)) return by;
    if (was.by.author !== 'unknown') return was.by;
    return older.has(was.commit) && older.has(was.last ?? '') ? PERSONS : by;
  };
  const files = authors.files.map((file): FileAttribution => {
    const was = former.get(file.path);
    const takesAway = (by: LineAuthorship): LineAuthorship => (by.author === 'unknown' ? PERSONS : by);
    return {
      ...file,
      ranges: eachLine(file.ranges, (by, line) => before(by, was?.lines.get(line))),
      removed: file.removed.map((range): LineRange => ({ ...range, ...takesAway(range) })),
      change:
        file.change && (was?.change ? before(file.change, was.change) : was ? takesAway(file.change) : file.change),
    };
  });
  return { ...authors, files, reverts: reverted };
}

/**
 * Those of some commits that the base branch had before the adoption commit; where the policy names none, before the
 * oldest commit of the base that has a note. There the notes may be missing, so what says that an assistant helped with
 * it is not taken for older.
 */
async function olderThanRecords(
  repository: Repository,
  { base, adoption }: Pick<Range, 'base' | 'adoption'>,
  ids: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (ids.size === 0) return new Set();
  const first = adoption ?? (await oldestWithNote(repository, base));
  if (first === undefined) return new Set();
  const onBase = await isolatedGit(repository, ['merge-base', '--is-ancestor', first, base], { codes: [0, 1, 128] });
  if (onBase.code !== 0) return new Set();
  const { stdout } = await isolatedGit(repository, ['rev-list', '--stdin'], {
    input: `${[...ids].join('\n')}\n^${first}^@\n`,
    timeout: 120_000,
  });
  const later = new Set(stdout.toString('utf8').split('\n'));
  const older = [...ids].filter((id) => !later.has(id));
  if (adoption !== undefined) return new Set(older);
  const commits = await readCommits(repository, older);
  return new Set(
    older.filter((id) => {
      const commit = commits.get(id);
      if (commit === undefined) return false;
      const { lines, named, marked } = disclosuresOf(commit);
      return lines === null && named.length + marked.length === 0;
    }),
  );
}

async function oldestWithNote(repository: Repository, base: string): Promise<string | undefined> {
  const noted = await noteIds(repository);
  if (noted.size === 0) return undefined;
  const { stdout } = await isolatedGit(repository, ['rev-list', '--topo-order', '--reverse', base], {
    timeout: 120_000,
  });
  return stdout
    .toString('latin1')
    .split('\n')
    .find((id) => noted.has(id));
}

const provenancesOf = (files: readonly FileAttribution[]): readonly LineAuthorship[] =>
  files.flatMap((file) => [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])]);
