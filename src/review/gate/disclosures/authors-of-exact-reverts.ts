/**
 * A person's exact revert, such as a forge's button makes without any note: what it takes away is that person's, and
 * what it brings back has its earlier author (rule 6 of docs/dev/attribution.md). What stood on the base before anybody asked for
 * records is as it was: an outage needs nobody's sign-off for it.
 */
import { eachLine } from '../../../provenance/authorship';
import type {
  Author,
  ChangeAttribution,
  FileAttribution,
  LineAuthorship,
  LineRange,
} from '../../../provenance/authorship/types';
import {
  formerAuthorsIn,
  formerAuthorsOf,
  oldestWithNote,
  PERSONS,
  type FormerAuthor,
  type FormerAuthors,
  type FormerAuthorsAsked,
  withCounts,
} from '../../../provenance/commits';
import { isolatedGit, readCommits, type Commit, type DiffFile, type Repository } from '../../../git';
import type { AttributionOf, AuthorsOf, CommitAuthors } from '../gate-input-types';
import { isMergedInto, type Range } from '../range/commit-range';
import { disclosuresOf } from './read-and-apply-disclosures';
import { assistantOfEmail } from '../../../provenance/assistants/commit-marks';
import { changesOf, doubtedOf, revertsOf } from './reapplied-reverts';

/** At most this many reverts are examined line by line; what further ones bring back stays as it is known. */
const LOOKED_AT = 50;

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

/** What is looked up, where that is less than all. */
interface Lookups {
  /** Paths of the files that are asked about. Default: all. */
  readonly only?: ReadonlySet<string>;
  /** The oldest commit in a commit's history that has a note. Default: read from git each time. */
  readonly oldestNote?: OldestNote;
}

type OldestNote = (repository: Repository, base: string) => Promise<string | undefined>;

/**
 * Attribution in which the lines that no record of an exact revert says anything about have their authors. No git call
 * when no message names a revert. Throws a GitError.
 */
export async function hearExactReverts(
  repository: Repository,
  range: Pick<Range, 'base' | 'commits' | 'adoption'>,
  authorsOf: AuthorsOf,
  attributionOf: AttributionOf,
  { only, oldestNote }: Lookups = {},
): Promise<AuthorsOf> {
  const found = new Map<string, ExactRevert>();
  const reverts = await revertsOf(repository, range.commits);
  for (const commit of range.commits) {
    const reverted = reverts.get(commit.id);
    if (reverted === undefined || commit.parents.length > 1 || !isPersons(commit) || found.size >= LOOKED_AT) continue;
    const known = authorsOf(commit, await changesOf(repository, commit));
    const former = await formerAuthorsOf(repository, commit, reverted, {
      ...lookupsOf(range.adoption),
      ...(only === undefined ? {} : { only }),
    });
    if (former && !(known && isAssistants(known.files, former)))
      found.set(commit.id, { reverted: reverted.id, former });
  }
  if (found.size === 0) return authorsOf;
  const known = await knownOf(repository, [...found.values()], range, attributionOf, oldestNote);
  return (commit, changes) => {
    const authors = authorsOf(commit, changes);
    const revert = found.get(commit.id);
    return authors === undefined || revert === undefined ? authors : heard(authors, revert, known);
  };
}

async function knownOf(
  repository: Repository,
  reverts: readonly ExactRevert[],
  range: Pick<Range, 'base' | 'adoption'>,
  attributionOf: AttributionOf,
  oldestNote: OldestNote = oldestWithNote,
): Promise<Known> {
  const all = reverts
    .flatMap(({ former }) => [...former.values()])
    .flatMap(({ lines, change }) => [...lines.values(), ...(change ? [change] : [])]);
  const ids = (author: Author): readonly string[] =>
    all.flatMap(({ by, commit, last = commit }) => (by.author === author ? [commit, last] : []));
  const commits = range.adoption === undefined ? ids('unknown') : [...ids('unknown'), ...ids('ai'), ...ids('human')];
  return {
    older: await olderThanRecords(repository, range, new Set(commits), oldestNote),
    doubted: await doubtedOf(repository, new Set(ids('human')), attributionOf),
  };
}

/**
 * Uncommitted work in which git has left an exact revert to be committed, as it will count then; unchanged when it is
 * anything else. Throws a GitError.
 */
export async function workOfRevert(
  repository: Repository,
  work: ChangeAttribution,
  { reverted, back, base, adoption }: UncommittedRevert,
  attributionOf: AttributionOf,
): Promise<ChangeAttribution> {
  const former = await formerAuthorsIn(repository, base, back, reverted, lookupsOf(adoption));
  if (!former || isAssistants(work.files, former)) return work;
  const revert = { reverted: reverted.id, former };
  const range = { base, ...(adoption === undefined ? {} : { adoption }) };
  const known = await knownOf(repository, [revert], range, attributionOf);
  return withCounts(heard({ files: work.files, provenance: 'none', assistants: [] }, revert, known).files);
}

/** A revert that is not committed yet. */
export interface UncommittedRevert {
  readonly reverted: Commit;
  /** What it changes. */
  readonly back: readonly DiffFile[];
  /** The commit that it is made on. */
  readonly base: string;
  readonly adoption: string | undefined;
}

/** By the policy's own word, what is older is asked for nothing, whoever wrote it. */
const lookupsOf = (adoption: string | undefined): FormerAuthorsAsked => ({
  lastOf: adoption === undefined ? 'unknown' : 'everybody',
});

/** An agent or a bot that reverts, or helps with it by its message's own words, is no person in an outage. */
const isPersons = (commit: Commit): boolean =>
  assistantOfEmail(commit.author.email) === undefined &&
  disclosuresOf(commit).marked.length === 0 &&
  !/\[bot\](?:@|$)/i.test(`${commit.author.name}\n${commit.author.email}`);

/**
 * Whether an assistant is known to have run a revert: something in it is the assistant's own, not only brought back.
 * Where the revert takes nothing away, its own and what is brought back can't be told apart.
 */
function isAssistants(files: readonly FileAttribution[], former: ReadonlyMap<string, FormerAuthors>): boolean {
  const isAi = ({ author }: LineAuthorship): boolean => author === 'ai';
  if (!provenancesOf(files).some(isAi)) return false;
  const away = files.flatMap(({ removed }) => removed);
  return (
    away.length === 0 ||
    away.some(isAi) ||
    files.some(({ path, ranges, change }) => {
      const formerAuthors = former.get(path);
      return (
        (change !== null && isAi(change) && formerAuthors?.change?.by.author !== 'ai') ||
        ranges.some(
          (range) =>
            isAi(range) &&
            Array.from({ length: range.end - range.start + 1 }, (_, index) =>
              formerAuthors?.lines.get(range.start + index),
            ).some((before) => before?.by.author !== 'ai'),
        )
      );
    })
  );
}

function heard(authors: CommitAuthors, { reverted, former }: ExactRevert, { older, doubted }: Known): CommitAuthors {
  const before = (by: LineAuthorship, formerAuthor: FormerAuthor | null | undefined): LineAuthorship => {
    if (!formerAuthor) return by;
    if (by.author !== 'human' && older.has(formerAuthor.commit) && older.has(formerAuthor.last ?? '')) return PERSONS;
    return by.author !== 'unknown' || doubted.has(formerAuthor.commit) ? by : formerAuthor.by;
  };
  const files = authors.files.map((file): FileAttribution => {
    const formerAuthors = former.get(file.path);
    const takesAway = (by: LineAuthorship): LineAuthorship => (by.author === 'unknown' ? PERSONS : by);
    return {
      ...file,
      ranges: eachLine(file.ranges, (by, line) => before(by, formerAuthors?.lines.get(line))),
      removed: file.removed.map((range): LineRange => ({ ...range, ...takesAway(range) })),
      change:
        file.change &&
        (formerAuthors?.change
          ? before(file.change, formerAuthors.change)
          : formerAuthors
            ? takesAway(file.change)
            : file.change),
    };
  });
  const excused = authors.files.flatMap(({ ranges }, index) =>
    linesBy(ranges, 'ai').filter(({ line }) => authorAt(files[index]?.ranges ?? [], line) === 'human'),
  );
  return {
    ...authors,
    files,
    reverts: reverted,
    ...(excused.length === 0
      ? {}
      : {
          excused: {
            added: excused.length,
            assistants: [...new Set(excused.map(({ assistant }) => assistant ?? 'unknown-assistant'))],
          },
        }),
  };
}

const linesBy = (ranges: readonly LineRange[], author: Author): readonly (LineRange & { readonly line: number })[] =>
  ranges
    .filter((range) => range.author === author)
    .flatMap((range) =>
      Array.from({ length: range.end - range.start + 1 }, (_, index) => ({ ...range, line: range.start + index })),
    );

const authorAt = (ranges: readonly LineRange[], line: number): Author | undefined =>
  ranges.find(({ start, end }) => start <= line && line <= end)?.author;

/**
 * Those of some commits that the base branch had before the adoption commit; where the policy names none, before the
 * oldest commit of the base that has a note. There the notes may be missing, so what says that an assistant helped with
 * it is not taken for older.
 */
async function olderThanRecords(
  repository: Repository,
  { base, adoption }: Pick<Range, 'base' | 'adoption'>,
  ids: ReadonlySet<string>,
  oldestNote: OldestNote,
): Promise<ReadonlySet<string>> {
  if (ids.size === 0) return new Set();
  const first = adoption ?? (await oldestNote(repository, base));
  if (first === undefined) return new Set();
  if (!(await isMergedInto(repository, base, first))) return new Set();
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

const provenancesOf = (files: readonly FileAttribution[]): readonly LineAuthorship[] =>
  files.flatMap((file) => [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])]);
