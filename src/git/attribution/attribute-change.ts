/**
 * Who wrote the lines of a change: git's diff between two trees, answered by what the journal knows.
 */
import {
  addCounts,
  attributeLines,
  countLettersIn,
  countLines,
  NO_COUNTS,
  splitLines,
  MIN_IDENTIFYING_LETTERS,
  toRanges,
  type Attribution,
  type AuthoredText,
  type Provenance,
  type ProvenanceOfLine,
  rangeBy,
  UNKNOWN_AUTHOR,
} from '../../attribution';
import type { ChangeAttribution, FileAttribution, LineRange } from '../../attribution/types';
import { replay, type Journal, type StoredRecord, type KnownChange, type FileQuery } from '../../journal';
import { fileAuthor } from './file-author';
import { hasLines, isSpecial, isZero, type DiffFile } from '../diff/diff';
import { storedForms } from '../diff/clean-filter';
import { readBlobs } from '../plumbing/cat-file';
import { isFullyKnown, reuseAttribution, saysWhoWrote } from './reapplied';
import { mergeOwnChanges } from '../diff/merge-changes';
import { emptyTree } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';
import { isKnown, type Source } from '../history/source-commits';
import { treeEntries, type TreeEntry } from '../diff/ls-tree';

/** Files larger than this are not compared character by character (bytes). Their lines are unknown. */
const TEXT_AT_MOST = 32 * 1024 * 1024;

/**
 * Text may have been moved into files that no record names; in a change of more files than this it is not looked for.
 */
const MOVES_LOOKED_FOR_IN = 500;

export interface ChangeInput {
  /** Tree or commit that the change starts from. */
  readonly from: string;
  /** The other parents of a merge: lines that one of them has are not the merge's own. */
  readonly others?: readonly string[];
  /** Tree or commit that it leads to; or what changed, where that is known already (not for a merge). */
  readonly to: string | readonly DiffFile[];
  readonly journal: Journal;
  /** The journal's records, when they were read already, or those of them that count. */
  readonly records?: readonly StoredRecord[];
  readonly now: number;
  /** A folder with more objects than the repository has. */
  readonly objects?: string;
  /** The commits that this change is made of, oldest first, such as the one that is being amended or picked. */
  readonly sources?: readonly Source[];
}

/** The attribution of a change. Throws a GitError. */
export async function attributeChange(repository: Repository, input: ChangeInput): Promise<ChangeAttribution> {
  const objects = input.objects === undefined ? {} : { objects: input.objects };
  const files =
    typeof input.to === 'string'
      ? await mergeOwnChanges(repository, [input.from, ...(input.others ?? [])], input.to, objects)
      : input.to;
  if (files.length === 0) return { files: [], added: NO_COUNTS, removed: NO_COUNTS };
  const records = input.records ?? input.journal.read();
  const all = await changesOf(repository, input.sources ?? []);
  const again = await asMadeBefore(repository, files, all, input, records, objects);
  if (again) return again;
  // Of a source without a record only what it changed is known, and that it was not done by who resolved a conflict in
  // it.
  const changes = all.filter(({ source }) => isKnown(source) || records.some(({ record }) => record.kind === 'edit'));
  const seeds = await seedsOf(repository, changes, files, objects);
  const involved = pathsOf(records);
  const known = (file: DiffFile): boolean =>
    [file.path, file.from].some((p) => p !== null && (involved.has(p) || seeds.has(p))) ||
    (records.length > 0 && files.length <= MOVES_LOOKED_FOR_IN);
  const texts = files.filter((file) => hasLines(file) && !isSpecial(file) && known(file));
  const blobs = await blobsOf(
    repository,
    input.journal,
    texts.flatMap((file) => [file.oldId, file.newId]),
    objects,
  );
  const wanted = new Map<string, FileQuery>();
  for (const file of texts) {
    const base = isZero(file.oldId) ? null : blobs.get(file.oldId);
    const target = isZero(file.newId) ? null : blobs.get(file.newId);
    if (base === undefined || target === undefined || Math.max(base?.length ?? 0, target?.length ?? 0) > TEXT_AT_MOST)
      continue;
    wanted.set(file.path, {
      path: file.path,
      base,
      target,
      ...(file.from === null ? {} : { from: file.from }),
      ...(seeds.has(file.path) ? { seeds: seeds.get(file.path) ?? [] } : {}),
    });
  }
  const forms = await storedForms(
    repository,
    input.journal,
    records,
    files.filter((file) => !isSpecial(file)),
    blobs,
  );
  const contents = (id: string): Buffer | undefined => forms.get(id) ?? input.journal.content(id);
  const ancestors = await forebearsOf(repository, input.from, records);
  const changed = new Set(files.flatMap((file) => [file.path, ...(file.from === null ? [] : [file.from])]));
  const thereBeside = (): Promise<ReadonlyMap<string, TreeEntry>> =>
    treeEntries(
      repository,
      input.from,
      input.from === emptyTree(repository) ? [] : [...involved].filter((path) => !changed.has(path)),
    );
  const replayed = async (there: ReadonlyMap<string, TreeEntry>): Promise<ReadonlyMap<string, AuthoredText>> => {
    // What stays as the parent has it: text that is found elsewhere and was there is older than the change.
    const besides = await blobsOf(
      repository,
      input.journal,
      [...there.values()].flatMap(({ mode, id }) => (mode.startsWith('100') ? [id] : [])),
      objects,
    );
    const staying = [...there].flatMap(([path, { id }]): FileQuery[] => {
      const content = besides.get(id);
      return content === undefined || content.length > TEXT_AT_MOST
        ? []
        : [{ path, base: content, target: content, stays: true }];
    });
    return replay(records, contents, [...wanted.values(), ...staying], {
      now: input.now,
      parent: input.from,
      ...(ancestors ? { forebears: ancestors } : {}),
      isThere: (path) => there.has(path),
    });
  };
  // A new file may have got another one's name, if that is not there any more.
  const isNew = [...wanted.values()].some((want) => want.base === null && want.from === undefined);
  // What git did again, such as a line that a rebased commit takes away, was recorded when it was done first: the
  // sources know.
  const sown = replay(
    [],
    contents,
    [...wanted.values()].filter((want) => want.seeds?.some(({ hands: provenances }) => provenances)),
    { now: input.now },
  );
  const provenances = await provenancesOfChanges(repository, files, records, contents, input, changes);
  const told = (authored: ReadonlyMap<string, AuthoredText>): FileAttribution[] =>
    files.map((file) =>
      attributeFile(file, [authored.get(file.path), sown.get(file.path)], provenances.get(file.path) ?? null),
    );
  const first = told(await replayed(isNew ? await thereBeside() : new Map()));
  // Nobody knows of text from a file that is not part of the change whether the parent had it, where no commit tells
  // what it has of that file.
  const isOlder =
    !isNew &&
    first.some(({ path, ranges }) => wanted.has(path) && ranges.some(({ author }) => author === 'unknown')) &&
    hasUncommitted(records, changed);
  const result = isOlder ? told(await replayed(await thereBeside())) : first;
  return {
    files: result,
    added: result.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: result.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
  };
}

/**
 * The attribution of the one commit that is made again here as it was; undefined where it is another change, or where
 * more may be told of it by now.
 */
async function asMadeBefore(
  repository: Repository,
  files: readonly DiffFile[],
  changes: readonly SourceChange[],
  { others = [] }: ChangeInput,
  records: readonly StoredRecord[],
  objects: { readonly objects?: string },
): Promise<ChangeAttribution | undefined> {
  const [first, ...more] = changes;
  if (
    !first ||
    more.length > 0 ||
    others.length > 0 ||
    !isKnown(first.source) ||
    first.source.commit.parents.length > 1
  )
    return undefined;
  return isFullyKnown(first.source) || !records.some(saysWhoWrote)
    ? reuseAttribution(repository, files, first.source, first.files, objects)
    : undefined;
}

/** So far back commits are looked for that the records know. */
const MAX_ANCESTORS = 1_000;

/**
 * The commits that a parent is and comes from, where the records know some, but not the parent itself; undefined where
 * they do.
 */
async function forebearsOf(
  repository: Repository,
  parent: string,
  records: readonly StoredRecord[],
): Promise<ReadonlySet<string> | undefined> {
  const known = new Set(records.flatMap(({ record }) => (record.kind === 'committed' ? [record.commit] : [])));
  if (known.size === 0 || known.has(parent)) return undefined;
  if (parent === emptyTree(repository)) return new Set();
  const list = await repository.git(['rev-list', `--max-count=${String(MAX_ANCESTORS)}`, parent], { codes: [0, 128] });
  return new Set(
    list.stdout
      .toString('utf8')
      .split('\n')
      .filter((id) => known.has(id)),
  );
}

/** Whether the records know of a file beside these of which no commit says what it has. */
function hasUncommitted(records: readonly StoredRecord[], changed: ReadonlySet<string>): boolean {
  const committed = new Set(
    records.flatMap(({ record }) => (record.kind === 'committed' ? record.files.map(({ path }) => path) : [])),
  );
  return [...pathsOf(records)].some((path) => !changed.has(path) && !committed.has(path));
}

/** True for a change that is told by its lines; every other one is a whole with one author. */
const hasOwnLines = (file: DiffFile): boolean => hasLines(file) && !isSpecial(file) && file.hunks.length > 0;

/** Contents that the journal keeps anyway need no git. */
async function blobsOf(
  repository: Repository,
  journal: Journal,
  ids: readonly string[],
  options: { readonly objects?: string },
): Promise<Map<string, Buffer>> {
  const kept = new Map<string, Buffer>();
  const others: string[] = [];
  for (const id of ids) {
    if (isZero(id)) continue;
    const content = journal.content(id);
    if (content) kept.set(id, content);
    else others.push(id);
  }
  for (const [id, content] of await readBlobs(repository, others, options)) kept.set(id, content);
  return kept;
}

function attributeFile(
  file: DiffFile,
  texts: readonly (AuthoredText | undefined)[],
  change: Provenance,
): FileAttribution {
  const common = { path: file.path, from: file.from, status: file.status, binary: file.binary };
  if (!hasOwnLines(file)) {
    const by =
      toRanges([{ line: 1, by: { author: authorOf(change), edited: false, hand: change } }])[0] ?? unknownRange(1, 1);
    const lines = (side: 'old' | 'new'): LineRange[] =>
      file.hunks.flatMap((hunk) =>
        side === 'new' ? span(hunk.newStart, hunk.newEnd, by) : span(hunk.oldStart, hunk.oldEnd, by),
      );
    const { start: _start, end: _end, ...provenance } = by;
    return { ...common, ranges: lines('new'), removed: lines('old'), change: provenance };
  }
  const [text, ...others] = texts.filter((t) => t !== undefined);
  if (!text)
    return {
      ...common,
      ranges: file.hunks.flatMap((h) => span(h.newStart, h.newEnd)),
      removed: file.hunks.flatMap((h) => span(h.oldStart, h.oldEnd)),
      change: null,
    };
  const attribution = others.reduce(
    (known, other) => (isAllKnown(known) ? known : withKnown(known, attributeLines(other, file.hunks))),
    attributeLines(text, file.hunks),
  );
  return { ...common, ranges: toRanges(attribution.added), removed: toRanges(attribution.removed), change: null };
}

const isAllKnown = ({ added, removed }: Attribution): boolean =>
  [...added, ...removed].every(({ by }) => by.author !== 'unknown');

/** What the one leaves unknown the other may know. Both are about the same lines. */
function withKnown(one: Attribution, other: Attribution): Attribution {
  const both = (a: Attribution['added'], b: Attribution['added']): Attribution['added'] =>
    a.map((line, i) => (line.by.author === 'unknown' ? (b[i] ?? line) : line));
  return { added: both(one.added, other.added), removed: both(one.removed, other.removed) };
}

const authorOf = (provenance: Provenance): 'ai' | 'human' | 'unknown' =>
  provenance === null || provenance.evidence === 'inferred' ? 'unknown' : provenance.author;

const unknownRange = (start: number, end: number): LineRange => rangeBy(start, end, UNKNOWN_AUTHOR);

function span(start: number, end: number, like?: LineRange): LineRange[] {
  return end > start ? [{ ...(like ?? unknownRange(0, 0)), start: start + 1, end }] : [];
}

function pathsOf(records: readonly StoredRecord[]): Set<string> {
  const paths = new Set<string>();
  for (const { record } of records)
    if (record.kind !== 'session') for (const file of record.files) paths.add(file.path);
  return paths;
}

/** Hands of the changes without lines: by the journal, else by the commits that this one is made of. */
async function provenancesOfChanges(
  repository: Repository,
  files: readonly DiffFile[],
  records: readonly StoredRecord[],
  contents: (id: string) => Buffer | undefined,
  input: ChangeInput,
  changes: readonly SourceChange[],
): Promise<Map<string, Provenance>> {
  const whole = files.filter((file) => !hasOwnLines(file));
  const involved = pathsOf(records);
  const stored = await readBlobs(
    repository,
    whole
      .filter((file) => involved.has(file.path) && file.newMode !== '160000' && !isZero(file.newId))
      .map((file) => file.newId),
    input.objects === undefined ? {} : { objects: input.objects },
  );
  const isStoredAs = (content: string, id: string): boolean => {
    const [kept, blob] = [contents(content), stored.get(id)];
    return kept !== undefined && blob !== undefined && withoutReturns(kept).equals(withoutReturns(blob));
  };
  const question = { records, now: input.now, isStoredAs };
  return new Map(whole.map((file) => [file.path, fileAuthor(file, question) ?? provenanceOfSources(file, changes)]));
}

/** git may take the carriage returns out of what it stores. */
const withoutReturns = (content: Buffer): Buffer =>
  Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

/** What the newest source that brought a file to this content says. */
function provenanceOfSources(file: DiffFile, changes: readonly SourceChange[]): Provenance {
  for (const { source, files } of [...changes].reverse()) {
    const changed = files.find((f) => f.path === file.path);
    const change = isKnown(source) ? source.files.find((f) => f.path === file.path)?.change : null;
    if (changed && change)
      return changed.newId === file.newId && changed.newMode === file.newMode ? provenanceOf(change) : null;
  }
  return null;
}

/** A commit that another one is made of, and what it changed. */
interface SourceChange {
  readonly source: Source;
  readonly files: readonly DiffFile[];
}

const changesOf = (repository: Repository, sources: readonly Source[]): Promise<SourceChange[]> =>
  Promise.all(
    sources.map(async (source) => ({
      source,
      files: await mergeOwnChanges(repository, source.commit.parents, source.commit.id),
    })),
  );

/** What the sources say about each changed file, oldest first. One git call for all contents. */
async function seedsOf(
  repository: Repository,
  all: readonly SourceChange[],
  files: readonly DiffFile[],
  options: { readonly objects?: string },
): Promise<Map<string, KnownChange[]>> {
  const seeds = new Map<string, KnownChange[]>();
  if (all.length === 0) return seeds;
  const changes = all.map(({ source, files: changed }) => ({
    source,
    files: changed.filter((file) => hasLines(file) && !isSpecial(file)),
  }));
  const texts = files.filter((file) => hasLines(file) && !isSpecial(file));
  const isAway = changes.some((change) => change.files.some((file) => !files.some(({ path }) => path === file.path)));
  const blobs = await readBlobs(
    repository,
    [...changes.flatMap((change) => change.files), ...(isAway ? texts : [])]
      .flatMap((file) => [file.oldId, file.newId])
      .filter((id) => !isZero(id)),
    options,
  );
  const contentOf = (id: string): Buffer | null => (isZero(id) ? null : (blobs.get(id) ?? null));
  const named = new Set(files.flatMap((file) => [file.path, ...(file.from === null ? [] : [file.from])]));
  // git follows a file to the name that it has where its change is made again.
  const isElsewhere = (changed: DiffFile): boolean => changed.status === 'M' && !named.has(changed.path);
  const isMadeOf = (whole: DiffFile, part: DiffFile): boolean =>
    isTold(changedLines(part, contentOf), changedLines(whole, contentOf)) ||
    isAlike(linesOf(whole.oldId, contentOf), linesOf(part.oldId, contentOf));
  for (const file of files) {
    let name: string | null = file.path;
    const own: KnownChange[] = [];
    // From the newest back, following renames.
    for (const change of [...changes].reverse()) {
      const changed: DiffFile | undefined =
        change.files.find((f) => f.path === name) ??
        change.files.find((f) => f.path === file.from) ??
        change.files.find((f) => isElsewhere(f) && isMadeOf(file, f));
      if (!changed) continue;
      const attribution = isKnown(change.source) ? change.source.files.find((f) => f.path === changed.path) : undefined;
      own.unshift({
        ...(changed.from === null ? {} : { from: changed.from }),
        before: contentOf(changed.oldId),
        after: contentOf(changed.newId),
        ...(attribution
          ? { hands: { added: provenancesOf(attribution.ranges), removed: provenancesOf(attribution.removed) } }
          : {}),
      });
      name = changed.from ?? changed.path;
    }
    if (own.length > 0) seeds.set(file.path, own);
  }
  return seeds;
}

type ContentOf = (id: string) => Buffer | null;

const linesOf = (id: string, contentOf: ContentOf): readonly string[] =>
  splitLines(contentOf(id)?.toString('latin1') ?? '');

/** The lines that a change takes out and puts in. */
function changedLines({ oldId, newId, hunks }: DiffFile, contentOf: ContentOf): readonly string[] {
  const [before, after] = [linesOf(oldId, contentOf), linesOf(newId, contentOf)];
  return hunks.flatMap((hunk) => [
    ...before.slice(hunk.oldStart, hunk.oldEnd).map((line) => `-${line}`),
    ...after.slice(hunk.newStart, hunk.newEnd).map((line) => `+${line}`),
  ]);
}

/** So much is the same in a file that git takes for another one under a new name. */
const ALIKE_FROM = 0.5;

/** Whether two contents have most of their lines in common, as far as these say something. */
function isAlike(one: readonly string[], other: readonly string[]): boolean {
  const there = new Set(other);
  const shared = countLettersIn([...new Set(one)].filter((line) => there.has(line)));
  return (
    shared >= MIN_IDENTIFYING_LETTERS && shared >= ALIKE_FROM * Math.max(countLettersIn(one), countLettersIn(other))
  );
}

/** All lines of the one change are among the other's, and they say something. */
function isTold(part: readonly string[], whole: readonly string[]): boolean {
  const there = new Set(whole);
  return part.every((line) => there.has(line)) && countLettersIn(part) >= MIN_IDENTIFYING_LETTERS;
}

/** Who is named for each line; the same hand for the same range. */
function provenancesOf(ranges: readonly LineRange[]): ProvenanceOfLine {
  const provenances = new Map<number, Provenance>();
  for (const range of ranges) {
    const provenance = provenanceOf(range);
    for (let line = range.start; line <= range.end; line++) provenances.set(line, provenance);
  }
  return (line) => provenances.get(line);
}

function provenanceOf(range: Omit<LineRange, 'start' | 'end'>): Provenance {
  if (range.author === 'unknown') return null;
  return {
    author: range.author,
    ...(range.assistant === null ? {} : { assistant: range.assistant }),
    ...(range.model === null ? {} : { model: range.model }),
    ...(range.session === null ? {} : { session: range.session }),
    ...(range.evidence === null ? {} : { evidence: range.evidence }),
  };
}
