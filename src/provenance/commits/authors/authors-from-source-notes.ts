/** What the notes of the commits that a change is made from say about it, for the replay. */
import {
  countLettersIn,
  splitLines,
  MIN_IDENTIFYING_LETTERS,
  type Provenance,
  type ProvenanceOfLine,
} from '../../authorship';
import type { LineRange } from '../../authorship/types';
import { type KnownChange } from '../../journal';
import { hasLines, isSpecial, isZero, type DiffFile, readBlobs, type Repository } from '../../../git';
import { isKnown, type Source } from '../origins/source-commits';

/** The author that the newest source to bring a file to this content gives. */
export function provenanceOfSources(file: DiffFile, changes: readonly SourceChange[]): Provenance {
  for (const { source, files } of [...changes].reverse()) {
    const changed = files.find((f) => f.path === file.path);
    const change = isKnown(source) ? source.files.find((f) => f.path === file.path)?.change : null;
    if (changed && change)
      return changed.newId === file.newId && changed.newMode === file.newMode ? provenanceOf(change) : null;
  }
  return null;
}

/** A commit that another one is made from, and what it changed. */
export interface SourceChange {
  readonly source: Source;
  readonly files: readonly DiffFile[];
  /** git brought its content into the work tree, where an assistant was at work. */
  readonly brought?: true;
}

/** What each source changed, in their order. */
export const changesOf = (sources: readonly Source[]): SourceChange[] =>
  sources.map((source) => ({ source, files: source.own }));

/**
 * What the sources say about `files`, oldest first; `all` are the files of the change. One git call for the contents that
 * these may come from.
 */
export async function seedsOf(
  repository: Repository,
  sources: readonly SourceChange[],
  { all, files }: { readonly all: readonly DiffFile[]; readonly files: readonly DiffFile[] },
  options: { readonly objects?: string },
): Promise<Map<string, KnownChange[]>> {
  const seeds = new Map<string, KnownChange[]>();
  if (sources.length === 0) return seeds;
  const changes = sources.map(({ source, files: changed, brought }) => ({
    source,
    brought,
    files: changed.filter((file) => hasLines(file) && !isSpecial(file)),
  }));
  const texts = all.filter((file) => hasLines(file) && !isSpecial(file));
  const isAway = changes.some((change) => change.files.some((file) => !all.some(({ path }) => path === file.path)));
  const named = new Set(all.flatMap((file) => [file.path, ...(file.from === null ? [] : [file.from])]));
  const isAsked = lineage(files, changes, named);
  const blobs = await readBlobs(
    repository,
    [...changes.flatMap((change) => change.files.filter(isAsked)), ...(isAway ? texts : [])]
      .flatMap((file) => [file.oldId, file.newId])
      .filter((id) => !isZero(id)),
    options,
  );
  const contentOf = (id: string): Buffer | null => (isZero(id) ? null : (blobs.get(id) ?? null));
  // git follows a file to its current name when it replays the change.
  const isElsewhere = (changed: DiffFile): boolean => changed.status === 'M' && !named.has(changed.path);
  const isMadeOf = (whole: DiffFile, part: DiffFile): boolean =>
    isTold(changedLines(part, contentOf), changedLines(whole, contentOf)) ||
    isAlike(linesOf(whole.oldId, contentOf), linesOf(part.oldId, contentOf));
  for (const file of files) {
    let name: string | null = file.path;
    const ownChanges: KnownChange[] = [];
    // From the newest back, following renames.
    for (const change of [...changes].reverse()) {
      const changed: DiffFile | undefined =
        change.files.find((f) => f.path === name) ??
        change.files.find((f) => f.path === file.from) ??
        change.files.find((f) => isElsewhere(f) && isMadeOf(file, f));
      if (!changed) continue;
      const attribution = isKnown(change.source) ? change.source.files.find((f) => f.path === changed.path) : undefined;
      ownChanges.unshift({
        ...(changed.from === null ? {} : { from: changed.from }),
        ...(change.brought ? { brought: true as const } : {}),
        before: contentOf(changed.oldId),
        after: contentOf(changed.newId),
        ...(attribution
          ? { hands: { added: provenancesOf(attribution.ranges), removed: provenancesOf(attribution.removed) } }
          : {}),
      });
      name = changed.from ?? changed.path;
    }
    if (ownChanges.length > 0) seeds.set(file.path, ownChanges);
  }
  return seeds;
}

/** Whether a source's file may be a former state of one of these: by name, by a rename, or by a name out of the change. */
function lineage(
  files: readonly DiffFile[],
  sources: readonly { readonly files: readonly DiffFile[] }[],
  named: ReadonlySet<string>,
): (changed: DiffFile) => boolean {
  const names = new Set(files.flatMap(({ path, from }) => (from === null ? [path] : [path, from])));
  for (const source of [...sources].reverse())
    for (const { path, from } of source.files) if (from !== null && names.has(path)) names.add(from);
  return ({ path }) => names.has(path) || !named.has(path);
}

type ContentOf = (id: string) => Buffer | null;

const linesOf = (id: string, contentOf: ContentOf): readonly string[] =>
  splitLines(contentOf(id)?.toString('latin1') ?? '');

/** The lines that a change removes and adds. */
function changedLines({ oldId, newId, hunks }: DiffFile, contentOf: ContentOf): readonly string[] {
  const [before, after] = [linesOf(oldId, contentOf), linesOf(newId, contentOf)];
  return hunks.flatMap((hunk) => [
    ...before.slice(hunk.oldStart, hunk.oldEnd).map((line) => `-${line}`),
    ...after.slice(hunk.newStart, hunk.newEnd).map((line) => `+${line}`),
  ]);
}

/** git treats a file as a renamed one when at least this share of it is the same. */
const ALIKE_FROM = 0.5;

/** Whether two contents have most of their lines in common, counting only distinctive text. */
function isAlike(first: readonly string[], second: readonly string[]): boolean {
  const there = new Set(second);
  const shared = countLettersIn([...new Set(first)].filter((line) => there.has(line)));
  return (
    shared >= MIN_IDENTIFYING_LETTERS && shared >= ALIKE_FROM * Math.max(countLettersIn(first), countLettersIn(second))
  );
}

/** Whether all lines of one change are among the other's, and distinctive. */
function isTold(part: readonly string[], whole: readonly string[]): boolean {
  const there = new Set(whole);
  return part.every((line) => there.has(line)) && countLettersIn(part) >= MIN_IDENTIFYING_LETTERS;
}

/** The author of each line; one object per range. */
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
