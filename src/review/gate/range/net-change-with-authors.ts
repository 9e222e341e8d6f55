/**
 * The net change of a range with its authors, as one change: a line is AI's when AI wrote it, or what it derives from,
 * in any commit of the range; else unknown when any of these is; else a person's. A removed line likewise, by who
 * changed or removed it.
 */
import { joinRanges, rangeBy, UNKNOWN_AUTHOR } from '../../../provenance/authorship';
import type { FileAttribution, LineAuthorship, LineRange } from '../../../provenance/authorship/types';
import { completed, hasLines, isSpecial, type DiffFile, type PatchFile, type Repository } from '../../../git';
import { readChanges, type RangeChanges } from './changes-by-commit';
import type { DisclosedAuthors } from '../disclosures/read-and-apply-disclosures';
import { hearExactReverts } from '../disclosures/authors-of-exact-reverts';
import { hearReapplied } from '../disclosures/reapplied-reverts';
import type { AttributionOf, AuthorsOf } from '../gate-input-types';
import type { Listed, Range } from './commit-range';
import { replayRange, type Replayed } from './replay-range';
import { WEIGHT, type Taint } from './inherited-line-authorship';

export interface NetFile {
  readonly attribution: FileAttribution;
  /** Ids of the blobs at the merge base and the head; all zeros where the file does not exist. */
  readonly oldId: string;
  readonly newId: string;
  /** Git's file modes at both ends; all zeros where the file does not exist. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Commits of the range that touched the file, under any of its names, or that its lines come from. */
  readonly commits: ReadonlySet<string>;
  /** Assistants that those commits name without any line. */
  readonly unplaced: readonly string[];
  /** The commit that a changed line comes from; null when unknown. Lines are those of `attribution`. */
  readonly commitOf: (side: 'old' | 'new', line: number) => string | null;
}

export interface NetChange {
  readonly files: readonly NetFile[];
  /** Attribution of every commit of the range, with the commits' claims applied. */
  readonly commits: ReadonlyMap<string, DisclosedAuthors>;
}

/** Reads of a range that were started before its commits were read. */
interface Begun {
  readonly changes: RangeChanges;
  readonly authors: Promise<AuthorsOf>;
}

/** Starts reading the inputs of a net change. */
export function beginNetChange(repository: Repository, listed: Listed, attributionOf: AttributionOf): Begun {
  const authors = attributionOf(listed.commits.map(({ id }) => id));
  authors.catch(() => undefined); // reported to the caller that awaits it
  return { changes: readChanges(repository, listed), authors };
}

/**
 * Computes it. Files that only exempt commits changed are left out, and so are their lines in the others. Throws a
 * GitError.
 */
export async function netChange(
  repository: Repository,
  range: Range,
  attributionOf: AttributionOf,
  begun: Begun = beginNetChange(repository, range, attributionOf),
): Promise<NetChange> {
  const [known, patches] = await Promise.all([begun.authors, begun.changes.net()]);
  const reapplied = await hearReapplied(repository, range.commits, known, attributionOf);
  const authorsOf = await hearExactReverts(repository, range, reapplied, attributionOf);
  const diff = await completed(repository, { from: range.mergeBase, to: range.head }, patches);
  return netChangeOf(range, begun.changes, { patches, diff, authorsOf });
}

/**
 * The same of changes that were read. `patches`: from the merge base to the head; `diff`: these, completed where a patch
 * is not sufficient.
 */
export async function netChangeOf(
  range: Range,
  changes: Pick<RangeChanges, 'outside' | 'next'>,
  { patches, diff, authorsOf }: { patches: readonly PatchFile[]; diff: readonly DiffFile[]; authorsOf: AuthorsOf },
): Promise<NetChange> {
  const replayed = await replayRange(range, changes, authorsOf);
  const { commits } = replayed;
  const texts = new Map(patches.map((file) => [file.path, file]));
  const touching = touchingCommits(range, commits);
  return {
    files: diff.flatMap(
      (file) => netFile({ file, range, commits, touching: touching(file), ...linesOf(file, replayed, texts) }) ?? [],
    ),
    commits,
  };
}

interface Parts {
  readonly file: DiffFile;
  readonly range: Range;
  readonly commits: ReadonlyMap<string, DisclosedAuthors>;
  readonly touching: ReadonlySet<string>;
  readonly added: readonly ChangedLine[];
  readonly removed: readonly ChangedLine[];
}

/** A changed line, its authorship, and the commit that last changed it. */
interface ChangedLine {
  readonly line: number;
  readonly taint: Taint | undefined;
  readonly commit: string | null;
}

function netFile(parts: Parts): NetFile | undefined {
  const { file, range, commits, touching } = parts;
  const isCounted = ({ taint }: ChangedLine): boolean => taint?.exempt !== true;
  const added = parts.added.filter(isCounted);
  const removed = parts.removed.filter(isCounted);
  const withoutLines = file.hunks.length === 0 || !hasLines(file) || isSpecial(file);
  const relevant = [...touching].filter((commit) => !range.exempt.has(commit));
  if (added.length + removed.length === 0 && (!withoutLines || (touching.size > 0 && relevant.length === 0)))
    return undefined;
  const from = relevant.flatMap((commit) => commits.get(commit)?.unplaced ?? []);
  const places = { new: placesOf(added), old: placesOf(removed) };
  return {
    attribution: {
      path: file.path,
      from: file.from,
      status: file.status,
      binary: file.binary,
      ranges: toRanges(added),
      removed: toRanges(removed),
      change: withoutLines ? worstProvenance(parts, relevant) : null,
    },
    oldId: file.oldId,
    newId: file.newId,
    oldMode: file.oldMode,
    newMode: file.newMode,
    commits: new Set([
      ...relevant,
      ...places.new.values(),
      ...places.old.values(),
      ...[...added, ...removed].flatMap(({ taint }) => taint?.commit ?? []),
    ]),
    unplaced: [...new Set(from)].sort(),
    commitOf: (side, line) => places[side].get(line) ?? null,
  };
}

const placesOf = (lines: readonly ChangedLine[]): ReadonlyMap<number, string> =>
  new Map(lines.flatMap(({ line, commit }) => (commit === null ? [] : [[line, commit] as const])));

/** The changed lines by git's hunks, each with what the replay of the range knows about it. */
function linesOf(
  file: DiffFile,
  replayed: Replayed,
  texts: ReadonlyMap<string, PatchFile>,
): Pick<Parts, 'added' | 'removed'> {
  const patch = texts.get(file.path);
  const text = { new: new Map<number, string>(), old: new Map<number, string>() };
  for (const hunk of patch?.hunks ?? []) {
    hunk.added.forEach((one, index) => text.new.set(hunk.newStart + index + 1, one));
    hunk.removed.forEach((one, index) => text.old.set(hunk.oldStart + index + 1, one));
  }
  const removals = replayed.removals(file.from ?? file.path);
  const marked = { new: linesIn(file, 'new'), old: linesIn(file, 'old') };
  const added = marked.new.map((line): ChangedLine => {
    const known = replayed.lineAt(file.path, line);
    return { line, taint: known?.taint ?? undefined, commit: known?.commit ?? null };
  });
  const removed = marked.old.map((line): ChangedLine => ({
    line,
    taint: removals.get(line)?.taint,
    commit: removals.get(line)?.taint.commit ?? null,
  }));
  const [isAdded, isRemoved] = [new Set(marked.new), new Set(marked.old)];
  const others = {
    new: replayed
      .linesOf(file.path)
      .flatMap((entry, index) =>
        typeof entry === 'number' || entry.taint === null || isAdded.has(index + 1)
          ? []
          : [{ line: index + 1, taint: entry.taint, commit: entry.commit, text: entry.text }],
      ),
    old: [...removals].flatMap(([line, { taint, text: ownText }]) =>
      isRemoved.has(line) ? [] : [{ line, taint, commit: taint.commit, text: ownText }],
    ),
  };
  return { added: withTwins(added, text.new, others.new), removed: withTwins(removed, text.old, others.old) };
}

interface Twin extends ChangedLine {
  readonly taint: Taint;
  readonly text: string;
}

/**
 * A line that nobody in the range wrote or removed is a twin when git marks one of several equal lines, and not the
 * actual one: it gets that one's authorship. Any other such line appeared or disappeared without an author (an old
 * branch's): unknown.
 */
function withTwins(
  lines: readonly ChangedLine[],
  texts: ReadonlyMap<number, string>,
  others: readonly Twin[],
): readonly ChangedLine[] {
  if (lines.every(({ taint }) => taint !== undefined)) return lines;
  const byText = new Map<string, Twin[]>();
  for (const twin of others) byText.set(twin.text, [...(byText.get(twin.text) ?? []), twin]);
  return lines.map((line) => {
    if (line.taint !== undefined) return line;
    const twin = byText.get(texts.get(line.line) ?? '')?.shift();
    return twin === undefined ? line : { ...line, taint: twin.taint, commit: twin.commit };
  });
}

const linesIn = ({ hunks }: DiffFile, side: 'old' | 'new'): readonly number[] =>
  hunks.flatMap((hunk) =>
    side === 'new' ? numbersFrom(hunk.newStart, hunk.newEnd) : numbersFrom(hunk.oldStart, hunk.oldEnd),
  );

const numbersFrom = (start: number, end: number): readonly number[] =>
  Array.from({ length: end - start }, (_, index) => start + index + 1);

const toRanges = (lines: readonly ChangedLine[]): readonly LineRange[] =>
  joinRanges(lines.map(({ line, taint }) => rangeBy(line, line, taint?.hand ?? UNKNOWN_AUTHOR)));

/** The commits that touched a file, found backwards from the head through its renames. */
function touchingCommits(
  range: Range,
  commits: ReadonlyMap<string, DisclosedAuthors>,
): (file: DiffFile) => ReadonlySet<string> {
  const silent = range.commits.filter(({ id }) => commits.get(id)?.known !== true).map(({ id }) => id); // nothing says that they did not
  const byName = new Map<string, { readonly at: number; readonly id: string; readonly names: readonly string[] }[]>();
  for (const [at, { id }] of range.commits.entries()) {
    for (const { path, from } of commits.get(id)?.files ?? []) {
      const names = from === null ? [path] : [path, from];
      for (const name of names) {
        const here = byName.get(name);
        if (here === undefined) byName.set(name, [{ at, id, names }]);
        else here.push({ at, id, names });
      }
    }
  }
  return (file) => {
    const touching = new Set(silent);
    // For each name, the commit from which (going back) it may be the file's.
    const until = new Map<string, number>();
    const named: (readonly [string, number])[] = [
      [file.path, Infinity],
      ...(file.from === null ? [] : [[file.from, Infinity] as const]),
    ];
    for (let next = named.pop(); next !== undefined; next = named.pop()) {
      const [name, last] = next;
      if ((until.get(name) ?? -1) >= last) continue;
      until.set(name, last);
      for (const { at, id, names } of byName.get(name) ?? []) {
        if (at > last) break;
        touching.add(id);
        for (const another of names) if (another !== name) named.push([another, at]);
      }
    }
    return touching;
  };
}

/**
 * Who made a change that has no lines: the assistant if one contributed to any of the commits that touched the file.
 */
function worstProvenance({ file, commits }: Parts, touching: readonly string[]): LineAuthorship {
  const names = new Set([file.path, file.from]);
  const provenances = touching.flatMap((id) =>
    (commits.get(id)?.files ?? [])
      .filter((one) => names.has(one.path) || (one.from !== null && names.has(one.from)))
      .flatMap((attribution): LineAuthorship[] => [
        ...(attribution.change === null ? [] : [attribution.change]),
        ...attribution.ranges,
        ...attribution.removed,
      ]),
  );
  const worst =
    provenances.reduce<LineAuthorship | undefined>(
      (found, provenance) =>
        found === undefined || WEIGHT[provenance.author] > WEIGHT[found.author] ? provenance : found,
      undefined,
    ) ?? UNKNOWN_AUTHOR;
  const { author, edited, assistant, model, session, evidence } = worst;
  return { author, edited, assistant, model, session, evidence };
}
