/**
 * Who wrote the lines of a revert (rule 6 of docs/dev/attribution.md). What an exact inverse removes is by the person who reverted;
 * what it brings back has the author that it had when it was last there, so that reverting a revert washes nothing.
 */
import { eachLine, runsOfLines, UNKNOWN_AUTHOR } from '../../authorship';
import type { ChangeAttribution, FileAttribution, LineAuthorship } from '../../authorship/types';
import {
  diffTrees,
  hasLines,
  isSpecial,
  isZero,
  type DiffFile,
  type Commit,
  type Repository,
  isGitError,
} from '../../../git';
import { hasAssistants } from '../origins/is-assistant-involved';
import { exactInverse, hasSwappedContents, type InversePair } from '../origins/exact-inverse';
import { olderThanNotes } from '../origins/commits-older-than-notes';
import { withCounts } from './attribute-change';
import { blameLines } from './blame-lines-by-commit-attribution';
import { showCommits } from './attribution-from-commit-notes';

/** Who originally wrote what a file of a revert brings back. */
export interface FormerAuthors {
  /** Keyed by line number in the revert (1-based). Missing lines are unknown. */
  readonly lines: ReadonlyMap<number, FormerAuthor>;
  /** For a change without lines; null where it brings nothing back. */
  readonly change: FormerAuthor | null;
}

export interface FormerAuthor {
  readonly by: LineAuthorship;
  readonly commit: string;
  /**
   * The commit that last changed anything in it, even if only its place or its white space; left out where that was not
   * looked up.
   */
  readonly last?: string;
}

interface Revert {
  /** What is known of it from records alone. */
  readonly change: ChangeAttribution;
  /** The commit that the lines are brought back from; undefined for nothing. */
  readonly before: string | undefined;
  readonly pairs: readonly InversePair[];
  /** The commit that it is made on. */
  readonly parent: string;
  /** No assistant was at work: if `change` names one, that is a guess. */
  readonly certainly: boolean;
  /**
   * Whether lines from before anybody kept a record count as written by the person who brings them back. `beside AI`:
   * only where lines of AI come back too, without which a message counts nothing.
   */
  readonly olderAreTheirs: 'always' | 'beside AI' | 'never';
}

/**
 * Each file takes one git call. A commit of more files is too large for that, and what it brings back stays unknown.
 */
const FILES_AT_MOST = 200;
/** More ranges than this do not fit on a command line: then the whole file is blamed. */
const RANGES_AT_MOST = 500;

/** Lines that persons are taken to have written. */
export const PERSONS = {
  author: 'human',
  edited: false,
  assistant: null,
  model: null,
  session: null,
  evidence: 'declared',
} as const;

/**
 * The attribution of an exact inverse. Where an assistant may have run it, lines that the records credit to an
 * assistant stay the assistant's. Throws a GitError.
 */
export async function takenBack(
  repository: Repository,
  { change, before: source, pairs, parent, certainly, olderAreTheirs }: Revert,
): Promise<ChangeAttribution> {
  const isAssistants = !certainly && hasAssistants(change);
  const known = await formerAuthors(repository, source, pairs, isAssistants ? undefined : 'unknown');
  const areTheirs =
    !isAssistants && (olderAreTheirs === 'always' || (olderAreTheirs === 'beside AI' && isAnyByAi(known)));
  const former = areTheirs ? await withOlderAsPersons(repository, parent, known) : known;
  const removed = (by: LineAuthorship): LineAuthorship => (isAssistants || by.author === 'human' ? by : PERSONS);
  const broughtBack = (
    by: LineAuthorship,
    before: FormerAuthor | null | undefined,
    otherwise: LineAuthorship,
  ): LineAuthorship => (isAssistants && by.author === 'ai' ? by : (before?.by ?? otherwise));
  const files = change.files.map((file): FileAttribution => {
    if (!pairs.some((pair) => pair.file.path === file.path)) return file;
    const formerFile = former.get(file.path);
    return {
      ...file,
      ranges: eachLine(file.ranges, (by, line) => broughtBack(by, formerFile?.lines.get(line), UNKNOWN_AUTHOR)),
      removed: eachLine(file.removed, removed),
      change:
        file.change && broughtBack(file.change, formerFile?.change, formerFile ? removed(file.change) : UNKNOWN_AUTHOR),
    };
  });
  return withCounts(files);
}

const isAnyByAi = (former: ReadonlyMap<string, FormerAuthors>): boolean =>
  [...former.values()].some(({ lines, change }) =>
    [...lines.values(), ...(change ? [change] : [])].some(({ by }) => by.author === 'ai'),
  );

/**
 * Lines from before anybody kept a record are a person's who brings them back: an outage needs nobody's sign-off for
 * them. Throws a GitError.
 */
async function withOlderAsPersons(
  repository: Repository,
  parent: string,
  former: ReadonlyMap<string, FormerAuthors>,
): Promise<ReadonlyMap<string, FormerAuthors>> {
  const unknown = [...former.values()]
    .flatMap(({ lines, change }) => [...lines.values(), ...(change ? [change] : [])])
    .filter(({ by }) => by.author === 'unknown');
  const older = await olderThanNotes(
    repository,
    parent,
    new Set(unknown.flatMap(({ commit, last = commit }) => [commit, last])),
  );
  if (older.size === 0) return former;
  const heard = (former: FormerAuthor): FormerAuthor =>
    former.by.author === 'unknown' && older.has(former.commit) && older.has(former.last ?? '')
      ? { ...former, by: PERSONS }
      : former;
  return new Map(
    [...former].map(([file, { lines, change }]) => [
      file,
      { lines: new Map([...lines].map(([line, former]) => [line, heard(former)])), change: change && heard(change) },
    ]),
  );
}

/** What is looked up of a revert. */
export interface FormerAuthorsAsked {
  /** Whose lines are looked up again for the commit that last changed anything in them. */
  readonly lastOf: 'unknown' | 'everybody';
  /** Paths of the files that are asked about. Default: all. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Who originally wrote what a revert brings back, by file path; undefined where the commit is not an exact revert.
 * Throws a GitError.
 */
export async function formerAuthorsOf(
  repository: Repository,
  commit: Commit,
  reverted: Commit,
  question: FormerAuthorsAsked = { lastOf: 'unknown' },
): Promise<ReadonlyMap<string, FormerAuthors> | undefined> {
  const [parent, ...others] = commit.parents;
  if (parent === undefined || others.length > 0) return undefined;
  return formerAuthorsIn(repository, parent, await diffTrees(repository, parent, commit.id), reverted, question);
}

/** The same for a change of `parent` that is not committed yet. Throws a GitError. */
export async function formerAuthorsIn(
  repository: Repository,
  parent: string,
  back: readonly DiffFile[],
  reverted: Commit,
  { lastOf, only }: FormerAuthorsAsked,
): Promise<ReadonlyMap<string, FormerAuthors> | undefined> {
  const pairs = await exactInverse(repository, parent, back, reverted);
  return (
    pairs &&
    (await formerAuthors(
      repository,
      reverted.parents[0],
      only ? pairs.filter(({ file }) => only.has(file.path)) : pairs,
      lastOf,
    ))
  );
}

/** The same for its files, of which at most {@link FILES_AT_MOST} are examined. */
async function formerAuthors(
  repository: Repository,
  before: string | undefined,
  pairs: readonly InversePair[],
  lastOf?: FormerAuthorsAsked['lastOf'],
): Promise<ReadonlyMap<string, FormerAuthors>> {
  const found = new Map<string, FormerAuthors>();
  for (const { file, reverted: counterpart } of pairs) {
    const hasOwnLines = hasLines(file) && !isSpecial(file) && file.hunks.length > 0;
    const bringsBack =
      !isZero(file.newId) && (!hasOwnLines || file.hunks.some(({ newStart, newEnd }) => newEnd > newStart));
    if (before === undefined || !bringsBack) found.set(file.path, { lines: new Map(), change: null });
    else if (found.size >= FILES_AT_MOST) break;
    else
      found.set(
        file.path,
        hasOwnLines
          ? { lines: await formerLines(repository, before, file, counterpart, lastOf), change: null }
          : { lines: new Map(), change: await formerChange(repository, before, counterpart) },
      );
  }
  return found;
}

/** Lines that a file of a revert adds, with the authors that `blame` gives them in the last commit that had them. */
async function formerLines(
  repository: Repository,
  before: string,
  file: DiffFile,
  reverted: DiffFile,
  lastOf: FormerAuthorsAsked['lastOf'] | undefined,
): Promise<ReadonlyMap<number, FormerAuthor>> {
  const wereAt = new Map<number, number>();
  const hunks = hasSwappedContents(file, reverted) ? undefined : reverted.hunks;
  for (const [index, { newStart, newEnd }] of file.hunks.entries()) {
    const start = hunks === undefined ? newStart : (hunks[index]?.oldStart ?? 0);
    for (let at = newStart; at < newEnd; at++) wereAt.set(start + at - newStart + 1, at + 1);
  }
  const blamed = (plain: boolean, wanted: Iterable<number>): ReturnType<typeof blameLines> => {
    const runs = runsOfLines(wanted);
    return blameLines(
      repository,
      reverted.from ?? reverted.path,
      before,
      { plain, only: runs.length > RANGES_AT_MOST ? [] : runs },
      () => Promise.reject(new Error('a commit has nothing that is not committed')),
    ).catch(ifNotHere);
  };
  const lines = new Map<number, FormerAuthor>();
  const again = new Set<number>();
  for (const { line, commit, by } of (await blamed(false, wereAt.keys())) ?? []) {
    const newLine = wereAt.get(line);
    if (newLine === undefined || commit === null) continue;
    lines.set(newLine, { by, commit });
    if (lastOf === 'everybody' || (lastOf === 'unknown' && by.author === 'unknown')) again.add(line);
  }
  if (again.size === 0) return lines;
  for (const { line, commit } of (await blamed(true, again)) ?? []) {
    const newLine = wereAt.get(line) ?? 0;
    const known = lines.get(newLine);
    if (known && commit !== null && again.has(line)) lines.set(newLine, { ...known, last: commit });
  }
  return lines;
}

/** Where git cannot look back, such as in a clone without all contents, the authors are unknown. */
function ifNotHere(error: unknown): undefined {
  if (!isGitError(error)) throw error;
}

/**
 * A file without lines is as the last commit that touched it left it; null where that commit changed it line by line.
 */
async function formerChange(repository: Repository, before: string, reverted: DiffFile): Promise<FormerAuthor | null> {
  const name = reverted.from ?? reverted.path;
  const last = await repository.git(['log', '-1', '--format=%H', before, '--', `:(top,literal)${name}`]);
  const commit = last.stdout.toString('utf8').trim();
  const file = (await showCommits(repository, [commit])).get(commit)?.files.find(({ path }) => path === name);
  if (file?.change === null && reverted.oldId === reverted.newId) return null;
  return { by: file?.change ?? UNKNOWN_AUTHOR, commit, last: commit };
}
