/** Who wrote the lines of a change: git's diff between two trees, attributed with what the journal knows. */
import { addCounts, countLines, NO_COUNTS, type AuthoredText, type Provenance } from '../../authorship';
import type { ChangeAttribution, FileAttribution } from '../../authorship/types';
import { replay, replayBoth, type Replayed, type Journal, type StoredRecord, type FileQuery } from '../../journal';
import { trace } from '../../../base/debug-trace';
import { attributeFile, hasOwnLines } from './attribute-file';
import { fileAuthor } from './author-of-change-without-lines';
import {
  outputLines,
  hasLines,
  isSpecial,
  isZero,
  type DiffFile,
  readBlobs,
  mergeOwnChanges,
  emptyTree,
  type Repository,
  treeEntries,
  type TreeEntry,
} from '../../../git';
import { storedForms } from './contents-as-stored-by-git';
import { isFullyKnown, reuseAttribution, saysWhoWrote } from './reuse-source-attribution';
import { attributionOfSources, isKnown, type Source } from '../origins/source-commits';
import { traceFile } from './debug-trace-of-lines';
import { provenanceOfSources, type SourceChange, changesOf, seedsOf } from './authors-from-source-notes';

/** Files larger than this (bytes) are not compared character by character. Their lines are unknown. */
const TEXT_AT_MOST = 32 * 1024 * 1024;

/**
 * Text may have been moved into files that no record names; a change of more files than this is not searched for it.
 */
const MOVES_LOOKED_FOR_IN = 500;

export interface ChangeInput {
  /** Tree or commit that the change starts from. */
  readonly from: string;
  /** The other parents of a merge: lines that one of them has are not the merge's own. */
  readonly others?: readonly string[];
  /** The tree or commit that it leads to; or the changed files, if already known (not for a merge). */
  readonly to: string | readonly DiffFile[];
  readonly journal: Journal;
  /** The journal's records, or the relevant ones, if already read. */
  readonly records?: readonly StoredRecord[];
  readonly now: number;
  /** A folder with additional git objects. */
  readonly objects?: string;
  /** The commits that this change is made from, oldest first, such as the one being amended or picked. */
  readonly sources?: readonly Source[];
  /** Commits, oldest first, that the hook saw an assistant's shell join to this one. */
  readonly joined?: readonly string[];
  /** Called with such commits where they are found now. */
  readonly joins?: (commits: readonly string[]) => void;
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
  trace('commit', () => inWords(input, files, records));
  const all = changesOf(input.sources ?? []);
  const again = await asMadeBefore(repository, files, all, input, records, objects);
  if (again) {
    for (const file of again.files) traceFile(file, 'as in the commit that this one repeats');
    return again;
  }
  // A source without a record only shows what it changed, and that this was not done by whoever resolved a conflict in
  // it.
  const isAtWork = records.some(({ record }) => record.kind === 'edit' || (record.kind === 'seen' && record.opens));
  const changes = all.filter(({ source }) => isKnown(source) || isAtWork);
  const { answers, ofSources } = await sourcesAlone(repository, input, files, records, all);
  const open = files.filter(({ path }) => !answers.has(path));
  const inOrder = (more: readonly FileAttribution[]): readonly FileAttribution[] => {
    const byPath = new Map([...answers, ...more.map((file) => [file.path, file] as const)]);
    return files.flatMap(({ path }) => byPath.get(path) ?? []);
  };
  if (open.length === 0) return withCounts(inOrder([]));
  const material = await readMaterial(repository, input, files, records, changes, open);
  const attributed = inOrder(
    (open.every((file) => hasOwnLines(file) && ofSources.has(file.path)) ? attributeBySources(material) : undefined) ??
      (await attributeFiles(material, changes)),
  );
  const joined = await joinedChanges(repository, input, files, records, attributed);
  if (joined.length === 0) return withCounts(attributed);
  const more = [...joined, ...changes];
  return withCounts(await attributeFiles(await readMaterial(repository, input, files, records, more), more));
}

/**
 * What the notes of several sources say, by path: only of files of which they place every line. The others are left to a
 * replay, as all are where more than the sources is in the change, where characters must tell, or where records may know
 * more. Throws a GitError.
 */
async function sourcesAlone(
  repository: Repository,
  { others = [], objects }: ChangeInput,
  files: readonly DiffFile[],
  records: readonly StoredRecord[],
  all: readonly SourceChange[],
): Promise<SourceAnswers> {
  if (all.length < 2 || others.length > 0) return { answers: new Map(), ofSources: new Set() };
  const { composeSources } = await import('./compose-authors-of-source-commits');
  const { answers: composed, whole } = await composeSources(files, all, async (ids) => {
    const blobs = await readBlobs(repository, ids, objects === undefined ? {} : { objects });
    return new Map([...blobs].map(([id, content]) => [id, content.toString('latin1')]));
  });
  // What was recorded since may know more of lines that the notes leave open.
  const isMoreKnown = records
    .slice(records.findLastIndex(({ record }) => record.kind === 'committed') + 1)
    .some(saysWhoWrote);
  const answers = files.flatMap((file): (readonly [string, FileAttribution])[] => {
    const answer = hasOwnLines(file) ? composed.get(file.path) : wholeBySingle(file, all);
    return answer && (!isMoreKnown || isFullyKnown(withCounts([answer]))) ? [[file.path, answer]] : [];
  });
  trace(
    'commit',
    () => `the notes of its sources tell all of ${String(answers.length)} of ${String(files.length)} files`,
  );
  return {
    answers: new Map(answers),
    ofSources: isMoreKnown || !all.every(({ source }) => isKnown(source)) ? new Set() : whole,
  };
}

/** What the notes of several sources say. */
interface SourceAnswers {
  readonly answers: ReadonlyMap<string, FileAttribution>;
  /** Files that the sources alone brought to their state: a replay of these knows as much as one of the records. */
  readonly ofSources: ReadonlySet<string>;
}

/** A change without lines that a single source made as a whole. */
function wholeBySingle(file: DiffFile, all: readonly SourceChange[]): FileAttribution | undefined {
  const made = all.filter(({ files }) => files.some(({ path, from }) => path === file.path || from === file.path));
  const provenance = made.length === 1 ? provenanceOfSources(file, made) : null;
  return provenance === null ? undefined : attributeFile(file, [], provenance);
}

/** Changes of commits that an assistant's shell may have joined to this one, where it seems to have written anything. */
async function joinedChanges(
  repository: Repository,
  input: ChangeInput,
  files: readonly DiffFile[],
  records: readonly StoredRecord[],
  attributed: readonly FileAttribution[],
): Promise<readonly SourceChange[]> {
  const claimed = files.filter((_file, i) => attributed[i] !== undefined && isClaimed(attributed[i]));
  if (claimed.length === 0 || (input.others ?? []).length > 0) return [];
  const { joined, from, objects, now } = input;
  const known = new Set((input.sources ?? []).map(({ commit }) => commit.id));
  const change = { from, files, ...(objects === undefined ? {} : { objects }) };
  const found =
    joined !== undefined && joined.length > 0
      ? joined
      : await (
          await import('../origins/commits-brought-in-without-git-state')
        ).joinedCommits(repository, change, claimed, { records, now });
  const ids = found.filter((id) => !known.has(id));
  if (ids.length === 0) return [];
  trace('commit', () => `joined from ${ids.map((id) => id.slice(0, 10)).join(', ')}`);
  input.joins?.(ids);
  const changes = changesOf(await attributionOfSources(repository, ids));
  return changes.map((made) => ({ ...made, brought: true }));
}

const isClaimed = ({ ranges, removed, change }: FileAttribution): boolean =>
  change?.author === 'ai' || [...ranges, ...removed].some(({ author }) => author === 'ai');

/** A change with its lines added up. */
export const withCounts = (files: readonly FileAttribution[]): ChangeAttribution => ({
  files,
  added: files.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
  removed: files.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
});

function inWords(input: ChangeInput, files: readonly DiffFile[], records: readonly StoredRecord[]): string {
  const sources = (input.sources ?? []).map(({ commit, provenance }) => `${commit.id.slice(0, 10)} (${provenance})`);
  return `${String(files.length)} changed file(s) since ${input.from.slice(0, 10)}, ${String(records.length)} record(s), made from ${sources.join(', ') || 'no other commit'}`;
}

/** What a replay needs. */
interface Material {
  readonly repository: Repository;
  readonly input: ChangeInput;
  readonly objects: { readonly objects?: string };
  readonly files: readonly DiffFile[];
  readonly records: readonly StoredRecord[];
  /** Paths that records name. */
  readonly involved: ReadonlySet<string>;
  /** Paths that the change names, old ones included. */
  readonly changed: ReadonlySet<string>;
  /** The texts whose authors are wanted, by path. */
  readonly wanted: ReadonlyMap<string, FileQuery>;
  /** A content by the id that records have for it, in the form that git stores. */
  readonly contents: (id: string) => Buffer | undefined;
  readonly ancestors: ReadonlySet<string> | undefined;
}

/** `all`: the files of the change; `files`: those of them that are to be replayed. */
async function readMaterial(
  repository: Repository,
  input: ChangeInput,
  all: readonly DiffFile[],
  records: readonly StoredRecord[],
  changes: readonly SourceChange[],
  files = all,
): Promise<Material> {
  const objects = input.objects === undefined ? {} : { objects: input.objects };
  const seeds = await seedsOf(repository, changes, { all, files }, objects);
  const involved = pathsOf(records);
  const isWithin = (file: DiffFile): boolean =>
    [file.path, file.from].some((p) => p !== null && (involved.has(p) || seeds.has(p))) ||
    (records.length > 0 && files.length <= MOVES_LOOKED_FOR_IN);
  const texts = files.filter((file) => hasLines(file) && !isSpecial(file) && isWithin(file));
  const ids = texts.flatMap((file) => [file.oldId, file.newId]);
  const blobs = await blobsOf(repository, input.journal, ids, objects);
  const plain = files.filter((file) => !isSpecial(file));
  const forms = await storedForms(repository, input.journal, records, plain, blobs);
  return {
    repository,
    input,
    objects,
    files,
    records,
    involved,
    changed: new Set(all.flatMap((file) => [file.path, ...(file.from === null ? [] : [file.from])])),
    wanted: queriesFor(texts, blobs, seeds),
    contents: (id) => forms.get(id) ?? input.journal.content(id),
    ancestors: await forebearsOf(repository, input.from, records),
  };
}

/** A query for each text that is there and small enough. */
function queriesFor(
  texts: readonly DiffFile[],
  blobs: ReadonlyMap<string, Buffer>,
  seeds: Awaited<ReturnType<typeof seedsOf>>,
): ReadonlyMap<string, FileQuery> {
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
  return wanted;
}

/** A replay of what the sources did, by their notes. */
const sownTexts = ({ wanted, contents, input }: Material): ReadonlyMap<string, AuthoredText> =>
  replay(
    [],
    contents,
    [...wanted.values()].filter((want) => want.seeds?.some(({ hands: provenances }) => provenances)),
    { now: input.now },
  );

/** Each file with its authors, by a replay of the sources alone; undefined where it does not know every line. */
function attributeBySources(material: Material): FileAttribution[] | undefined {
  const sown = sownTexts(material);
  const attributed = material.files.map((file) => attributeFile(file, [sown.get(file.path)], null));
  const isOpen = attributed.some(({ ranges, removed }) =>
    [...ranges, ...removed].some(({ author }) => author === 'unknown'),
  );
  if (isOpen) return undefined;
  trace('commit', () => 'a replay of its sources, without the records, tells the others');
  return attributed;
}

/** Each file with its authors, by a replay; by a second one where text may have come from a file outside the change. */
async function attributeFiles(material: Material, changes: readonly SourceChange[]): Promise<FileAttribution[]> {
  const { files, records, wanted, changed } = material;
  // A new file may be a renamed one whose old name is gone.
  const isNew = [...wanted.values()].some((want) => want.base === null && want.from === undefined);
  // What git repeated, such as the deletion of a line by a rebased commit, was recorded when it was first done: the
  // sources know who did it.
  const sown = sownTexts(material);
  const provenances = await provenancesOfChanges(material, changes);
  const attributed = ({ texts, staged }: Replayed): FileAttribution[] =>
    files.map((file) =>
      attributeFile(
        file,
        [texts.get(file.path), staged.get(file.path), sown.get(file.path)],
        provenances.get(file.path) ?? null,
      ),
    );
  const first = attributed(await replayWith(material, isNew ? await filesBeside(material) : new Map()));
  // For text from a file outside the change, it is unknown whether the parent had it if no recorded commit has that
  // file.
  const isOlder =
    !isNew &&
    first.some(({ path, ranges }) => wanted.has(path) && ranges.some(({ author }) => author === 'unknown')) &&
    hasUncommitted(records, changed);
  if (!isOlder) return first;
  trace('commit', () => 'looking again: text may have come from a file outside the change');
  return attributed(await replayWith(material, await filesBeside(material)));
}

/** Files that the records name and the change leaves as they are. */
const filesBeside = ({ repository, input, involved, changed }: Material): Promise<ReadonlyMap<string, TreeEntry>> =>
  treeEntries(
    repository,
    input.from,
    input.from === emptyTree(repository) ? [] : [...involved].filter((path) => !changed.has(path)),
  );

/** Replays the records. `there`: unchanged files, as the parent has them: text found there is older than the change. */
async function replayWith(
  { repository, input, objects, records, contents, wanted, ancestors }: Material,
  there: ReadonlyMap<string, TreeEntry>,
): Promise<Replayed> {
  const ids = [...there.values()].flatMap(({ mode, id }) => (mode.startsWith('100') ? [id] : []));
  const besides = await blobsOf(repository, input.journal, ids, objects);
  const staying = [...there].flatMap(([path, { id }]): FileQuery[] => {
    const content = besides.get(id);
    return content === undefined || content.length > TEXT_AT_MOST
      ? []
      : [{ path, base: content, target: content, stays: true }];
  });
  return replayBoth(records, contents, [...wanted.values(), ...staying], {
    now: input.now,
    parent: input.from,
    ...(ancestors ? { forebears: ancestors } : {}),
    isThere: (path) => there.has(path),
  });
}

/**
 * The attribution of the single commit that is replayed here unchanged; undefined where the change differs, or where
 * the records may now know more.
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

/** How many commits back to search for one that the records know. */
const MAX_ANCESTORS = 1_000;

/** The parent and its ancestors, when the records know some of them but not the parent itself; otherwise undefined. */
async function forebearsOf(
  repository: Repository,
  parent: string,
  records: readonly StoredRecord[],
): Promise<ReadonlySet<string> | undefined> {
  const known = new Set(records.flatMap(({ record }) => (record.kind === 'committed' ? [record.commit] : [])));
  if (known.size === 0 || known.has(parent)) return undefined;
  if (parent === emptyTree(repository)) return new Set();
  const list = await repository.git(['rev-list', `--max-count=${String(MAX_ANCESTORS)}`, parent], { codes: [0, 128] });
  return new Set(outputLines(list.stdout).filter((id) => known.has(id)));
}

/** Whether the records know a file, other than these, that no recorded commit has. */
function hasUncommitted(records: readonly StoredRecord[], changed: ReadonlySet<string>): boolean {
  const committed = new Set(
    records.flatMap(({ record }) => (record.kind === 'committed' ? record.files.map(({ path }) => path) : [])),
  );
  return [...pathsOf(records)].some((path) => !changed.has(path) && !committed.has(path));
}

/** Contents that the journal has anyway need no git. */
async function blobsOf(
  repository: Repository,
  journal: Journal,
  ids: readonly string[],
  options: { readonly objects?: string },
): Promise<Map<string, Buffer>> {
  const stored = new Map<string, Buffer>();
  const others: string[] = [];
  for (const id of ids) {
    if (isZero(id)) continue;
    const content = journal.content(id);
    if (content) stored.set(id, content);
    else others.push(id);
  }
  for (const [id, content] of await readBlobs(repository, others, options)) stored.set(id, content);
  return stored;
}

function pathsOf(records: readonly StoredRecord[]): Set<string> {
  const paths = new Set<string>();
  for (const { record } of records)
    if (record.kind !== 'session') for (const file of record.files) paths.add(file.path);
  return paths;
}

/** Authors of the changes without lines: from the journal, else from the commits that this one is made from. */
async function provenancesOfChanges(
  { repository, input, objects, files, records, involved, contents }: Material,
  changes: readonly SourceChange[],
): Promise<Map<string, Provenance>> {
  const whole = files.filter((file) => !hasOwnLines(file));
  const stored = await readBlobs(
    repository,
    whole
      .filter((file) => involved.has(file.path) && file.newMode !== '160000' && !isZero(file.newId))
      .map((file) => file.newId),
    objects,
  );
  const isStoredAs = (content: string, id: string): boolean => {
    const [present, blob] = [contents(content), stored.get(id)];
    return present !== undefined && blob !== undefined && withoutReturns(present).equals(withoutReturns(blob));
  };
  const question = { records, now: input.now, isStoredAs };
  return new Map(whole.map((file) => [file.path, fileAuthor(file, question) ?? provenanceOfSources(file, changes)]));
}

/** git may remove carriage returns from what it stores. */
const withoutReturns = (content: Buffer): Buffer =>
  Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
