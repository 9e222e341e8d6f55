/**
 * The net change of a range with its authors: an added line has the author it has in the commit of the range that git
 * blames, a removed line that of the commit that removed it.
 */
import { sameAuthors } from '../attribution';
import type { Author, FileAttribution, LineRange } from '../attribution/types';
import { diffTrees, hasLines, isSpecial, type DiffFile, type Repository } from '../git';
import { blame, type Origin } from './added';
import { claimsOf, withClaims, type HeardAuthors } from './claims';
import type { AttributionOf } from './ports';
import type { Range } from './range';
import { findRemovals, type Removal } from './removed';

export interface NetFile {
  readonly attribution: FileAttribution;
  /** Ids of the blobs at the merge base and the head; all zeros where there is none. */
  readonly oldId: string;
  readonly newId: string;
  /** Commits of the range that touched the file, under any of its names, or that its lines come from. */
  readonly commits: ReadonlySet<string>;
  /** Assistants that those commits name without a line of theirs. */
  readonly unplaced: readonly string[];
  /** The commit that a changed line comes from; null when that is not known. Lines are those of `attribution`. */
  readonly commitOf: (side: 'old' | 'new', line: number) => string | null;
}

export interface NetChange {
  readonly files: readonly NetFile[];
  /** Attribution of every commit of the range, with what the commits claim of themselves. */
  readonly commits: ReadonlyMap<string, HeardAuthors>;
}

/** How many files are blamed at a time. */
const AT_ONCE = 4;

/** Computes it. Files that only exempt commits changed are left out, and so are their lines in the others. Throws a GitError. */
export async function netChange(repository: Repository, range: Range, attributionOf: AttributionOf): Promise<NetChange> {
  const commits = await authorsOf(range, attributionOf);
  const diff = (await diffTrees(repository, range.mergeBase, range.head)).map((file) => ({ file, touching: touchingCommits(file, range, commits) }));
  const linear = range.commits.every((commit) => commit.parents.length === 1 && commits.get(commit.id)?.known === true);
  /** The one commit that made all of a file's net change: nothing need be traced. */
  const sole = (touching: ReadonlySet<string>): string | undefined => (linear && touching.size === 1 ? [...touching][0] : undefined);
  const traced = diff.filter(({ file, touching }) => sole(touching) === undefined && hasLines(file) && file.hunks.some((hunk) => hunk.oldEnd > hunk.oldStart));
  const removals = await findRemovals(repository, range, traced.map(({ file }) => ({ path: file.from ?? file.path, lines: Math.max(...file.hunks.map((hunk) => hunk.oldEnd)) })));
  const files: NetFile[] = [];
  for (let at = 0; at < diff.length; at += AT_ONCE) {
    const some = await Promise.all(diff.slice(at, at + AT_ONCE).map(async ({ file, touching }) => {
      const commit = sole(touching);
      if (commit !== undefined) return netFile({ file, range, commits, touching, ...madeBy(commit, file) });
      const adds = hasLines(file) && file.hunks.some((hunk) => hunk.newEnd > hunk.newStart);
      const added = adds ? await blame(repository, range, file.path) : new Map<number, Origin>();
      return netFile({ file, range, commits, touching, added, removed: removals.get(file.from ?? file.path) ?? new Map() });
    }));
    files.push(...some.filter((file) => file !== undefined));
  }
  return { files, commits };
}

/** Where the lines of a file come from and went when one commit alone changed it. */
function madeBy(commit: string, file: DiffFile): Pick<Parts, 'added' | 'removed'> {
  const all = (side: 'old' | 'new', path: string): ReadonlyMap<number, Origin> => {
    const lines = file.hunks.flatMap((hunk) => (side === 'new' ? linesFrom(hunk.newStart, hunk.newEnd, NOWHERE) : linesFrom(hunk.oldStart, hunk.oldEnd, NOWHERE)));
    return new Map(lines.map(({ line }) => [line, { commit, path, line }]));
  };
  return { added: all('new', file.path), removed: all('old', file.from ?? file.path) };
}

const NOWHERE: ReadonlyMap<number, Origin> = new Map();

async function authorsOf(range: Range, attributionOf: AttributionOf): Promise<ReadonlyMap<string, HeardAuthors>> {
  const known = await attributionOf(range.commits.map((commit) => commit.id));
  return new Map(range.commits.map((commit) => [commit.id, withClaims(known.get(commit.id), claimsOf(commit))]));
}

interface Parts {
  readonly file: DiffFile;
  readonly range: Range;
  readonly commits: ReadonlyMap<string, HeardAuthors>;
  readonly touching: ReadonlySet<string>;
  readonly added: ReadonlyMap<number, Origin>;
  readonly removed: ReadonlyMap<number, Removal>;
}

/** A changed line and where it comes from. */
interface Line {
  readonly line: number;
  readonly origin: Origin | undefined;
}

function netFile(parts: Parts): NetFile | undefined {
  const { file, range, commits, touching } = parts;
  const lines = linesOf(parts);
  const asked = (one: Line): boolean => one.origin === undefined || !range.exempt.has(one.origin.commit);
  const added = lines.added.filter(asked);
  const removed = lines.removed.filter(asked);
  const withoutLines = file.hunks.length === 0 || !hasLines(file) || isSpecial(file);
  const relevant = [...touching].filter((commit) => !range.exempt.has(commit));
  if (added.length + removed.length === 0 && (!withoutLines || (touching.size > 0 && relevant.length === 0))) return undefined;
  const from = relevant.flatMap((commit) => commits.get(commit)?.unplaced ?? []);
  const places = { new: placesOf(added), old: placesOf(removed) };
  return {
    attribution: {
      path: file.path,
      from: file.from,
      status: file.status,
      binary: file.binary,
      ranges: toRanges(added, (origin) => handAt(commits, origin, 'ranges')),
      removed: toRanges(removed, (origin) => handAt(commits, origin, 'removed')),
      change: withoutLines ? worstHand(parts, relevant) : null,
    },
    oldId: file.oldId,
    newId: file.newId,
    commits: new Set([...relevant, ...places.new.values(), ...places.old.values()]),
    unplaced: [...new Set(from)].sort(),
    commitOf: (side, line) => places[side].get(line) ?? null,
  };
}

const placesOf = (lines: readonly Line[]): ReadonlyMap<number, string> => new Map(lines.flatMap(({ line, origin }) => (origin === undefined ? [] : [[line, origin.commit] as const])));

/**
 * The changed lines by git's hunks. A line that nobody in the range wrote or removed is a twin: git marks one of several
 * equal lines, and not the one that was. It goes with the nearest line of its hunk.
 */
function linesOf({ file, added, removed }: Parts): { readonly added: readonly Line[]; readonly removed: readonly Line[] } {
  const result = { added: [] as Line[], removed: [] as Line[] };
  for (const hunk of file.hunks) {
    const here = { added: linesFrom(hunk.newStart, hunk.newEnd, added), removed: linesFrom(hunk.oldStart, hunk.oldEnd, removed) };
    const either = (mine: readonly Line[], others: readonly Line[]): Line[] => mine.map((one) => (one.origin === undefined ? { line: one.line, origin: nearest(one.line, mine) ?? others.find((other) => other.origin !== undefined)?.origin } : one));
    result.added.push(...either(here.added, here.removed));
    result.removed.push(...either(here.removed, here.added));
  }
  return result;
}

const linesFrom = (start: number, end: number, origins: ReadonlyMap<number, Origin>): readonly Line[] => Array.from({ length: end - start }, (_, index) => ({ line: start + index + 1, origin: origins.get(start + index + 1) }));

function nearest(line: number, lines: readonly Line[]): Origin | undefined {
  let best: Line | undefined;
  for (const one of lines) if (one.origin !== undefined && (best === undefined || Math.abs(one.line - line) < Math.abs(best.line - line))) best = one;
  return best?.origin;
}

type Hand = Omit<LineRange, 'start' | 'end'>;

const UNKNOWN: Hand = { author: 'unknown', edited: false, assistant: null, model: null, session: null, evidence: null };

/** Who the commit says wrote or removed the line; unknown where it does not have the line. */
function handAt(commits: ReadonlyMap<string, HeardAuthors>, { commit, path, line }: Origin, side: 'ranges' | 'removed'): Hand {
  const file = commits.get(commit)?.files.find((one) => one.path === path || (side === 'removed' && one.from === path));
  return file?.[side].find((range) => range.start <= line && line <= range.end) ?? UNKNOWN;
}

function toRanges(lines: readonly Line[], handOf: (origin: Origin) => Hand): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (const { line, origin } of lines) {
    const { author, edited, assistant, model, session, evidence } = origin === undefined ? UNKNOWN : handOf(origin);
    const by: Hand = { author, edited, assistant, model, session, evidence };
    const last = ranges.at(-1);
    if (last?.end === line - 1 && sameAuthors(last, by)) ranges[ranges.length - 1] = { ...last, end: line };
    else ranges.push({ start: line, end: line, ...by });
  }
  return ranges;
}

/** The commits that touched a file, found backwards from the head through its renames. */
function touchingCommits(file: DiffFile, range: Range, commits: ReadonlyMap<string, HeardAuthors>): ReadonlySet<string> {
  const names = new Set([file.path, ...(file.from === null ? [] : [file.from])]);
  const touching = new Set<string>();
  for (const { id } of [...range.commits].reverse()) {
    const authors = commits.get(id);
    if (authors?.known !== true) touching.add(id); // nothing says that it did not
    for (const one of authors?.files ?? []) {
      if (!names.has(one.path) && (one.from === null || !names.has(one.from))) continue;
      touching.add(id);
      names.add(one.path);
      if (one.from !== null) names.add(one.from);
    }
  }
  return touching;
}

const WEIGHT: Readonly<Record<Author, number>> = { human: 0, unknown: 1, ai: 2 };

/** Who made a change that has no lines: the assistant if any of the commits that touched the file had one at work in it. */
function worstHand({ file, commits }: Parts, touching: readonly string[]): Hand {
  const names = new Set([file.path, file.from]);
  const hands = touching.flatMap((id) => (commits.get(id)?.files ?? []).filter((one) => names.has(one.path) || (one.from !== null && names.has(one.from))).flatMap((one): Hand[] => [...(one.change === null ? [] : [one.change]), ...one.ranges, ...one.removed]));
  const worst = hands.reduce<Hand | undefined>((found, hand) => (found === undefined || WEIGHT[hand.author] > WEIGHT[found.author] ? hand : found), undefined) ?? UNKNOWN;
  const { author, edited, assistant, model, session, evidence } = worst;
  return { author, edited, assistant, model, session, evidence };
}
