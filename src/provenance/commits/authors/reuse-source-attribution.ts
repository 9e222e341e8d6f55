/**
 * Changes replayed unchanged, such as commits that are picked or rebased without a conflict, or reworded: what is known
 * of them still holds.
 */
import { splitLines } from '../../authorship';
import type { ChangeAttribution, FileAttribution, LineRange } from '../../authorship/types';
import type { StoredRecord } from '../../journal';
import { hasLines, isSpecial, isZero, type DiffFile, readBlobs, type PatchFile, type Repository } from '../../../git';

/**
 * Whether more records could not add anything: every author is known, and so is each assistant's model, which may have
 * been named once in a session.
 */
export function isFullyKnown({ files }: ChangeAttribution): boolean {
  const isKnown = (by: Omit<LineRange, 'start' | 'end'>): boolean =>
    by.author === 'human' || (by.author === 'ai' && by.model !== null);
  return files.every((file) => [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].every(isKnown));
}

/** Whether a record can name the author of any work. */
export const saysWhoWrote = ({ record }: StoredRecord): boolean =>
  record.kind === 'edit' || (record.kind === 'seen' && record.opens !== undefined);

/** One file in both changes. */
interface Pair<F extends DiffFile = DiffFile> {
  readonly was: F;
  readonly is: F;
}

/**
 * The attribution `known` of the change `sourceFiles`, renumbered for the change `files`; undefined where the two differ in
 * more than line positions. `objects`: a folder with additional git objects. Throws a GitError.
 */
export async function reuseAttribution(
  repository: Repository,
  files: readonly DiffFile[],
  known: ChangeAttribution,
  sourceFiles: readonly DiffFile[],
  options: { readonly objects?: string },
): Promise<ChangeAttribution | undefined> {
  const pairs = pairsOf(files, sourceFiles);
  if (!pairs) return undefined;
  const texts = pairs.filter((pair) => !hasSameContents(pair)).flatMap((pair) => [pair.was, pair.is]);
  const blobs = await readBlobs(
    repository,
    texts.flatMap((file) => [file.oldId, file.newId]).filter((id) => !isZero(id)),
    options,
  );
  const linesOf = (id: string): readonly string[] | undefined =>
    isZero(id) ? [] : blobs.has(id) ? splitLines(blobs.get(id)?.toString('latin1') ?? '') : undefined;
  return pairs.every((pair) => isSameChange(pair, linesOf)) ? renumbered(pairs, known) : undefined;
}

/** The same for changes that include their text. */
export function reuseByPatch(
  files: readonly PatchFile[],
  known: ChangeAttribution,
  sourceFiles: readonly PatchFile[],
): ChangeAttribution | undefined {
  const pairs = pairsOf(files, sourceFiles);
  const isAlike = (first: readonly string[], second: readonly string[]): boolean =>
    first.length === second.length && first.every((line, index) => line === second[index]);
  const isSamePatch = (pair: Pair<PatchFile>): boolean =>
    hasSameContents(pair) ||
    pair.was.hunks.every((hunk, index) => {
      const newHunk = pair.is.hunks[index];
      return (
        hunk.unended === newHunk?.unended &&
        isAlike(hunk.removed, newHunk.removed) &&
        isAlike(hunk.added, newHunk.added)
      );
    });
  return pairs?.every(isSamePatch) === true ? renumbered(pairs, known) : undefined;
}

/** The files of two changes that may be the same one; undefined where they can't be. */
function pairsOf<F extends DiffFile>(files: readonly F[], sourceFiles: readonly F[]): Pair<F>[] | undefined {
  const former = new Map(sourceFiles.map((file) => [file.path, file]));
  const pairs = files.flatMap((file): Pair<F>[] => {
    const before = former.get(file.path);
    return before && mayBeSame(before, file) ? [{ was: before, is: file }] : [];
  });
  return pairs.length < files.length || files.length !== sourceFiles.length ? undefined : pairs;
}

/** The known attribution with the current line numbers; undefined where something is missing for any file. */
function renumbered(pairs: readonly Pair[], known: ChangeAttribution): ChangeAttribution | undefined {
  const attributed = pairs.flatMap(({ was: former, is: newFile }): FileAttribution[] => {
    const file = known.files.find(({ path }) => path === former.path);
    return file
      ? [
          {
            ...file,
            ranges: renumberedRanges(file.ranges, former, newFile, 'new'),
            removed: renumberedRanges(file.removed, former, newFile, 'old'),
          },
        ]
      : [];
  });
  return attributed.length === pairs.length
    ? { files: attributed, added: known.added, removed: known.removed }
    : undefined;
}

/** As far as can be decided without their texts. */
function mayBeSame(source: DiffFile, file: DiffFile): boolean {
  if (
    source.from !== file.from ||
    source.status !== file.status ||
    source.oldMode !== file.oldMode ||
    source.newMode !== file.newMode ||
    source.binary !== file.binary
  )
    return false;
  return (
    source.hunks.length === file.hunks.length &&
    ((hasLines(file) && !isSpecial(file) && file.hunks.length > 0) || hasSameContents({ was: source, is: file }))
  );
}

const hasSameContents = ({ was, is }: Pair): boolean => was.oldId === is.oldId && was.newId === is.newId;

/** Whether each hunk removes and adds the same lines. */
export function isSameChange(pair: Pair, linesOf: (id: string) => readonly string[] | undefined): boolean {
  if (hasSameContents(pair)) return true;
  const { was: oldFile, is: newFile } = pair;
  const [oldWas, oldIs, newWas, newIs] = [
    linesOf(oldFile.oldId),
    linesOf(newFile.oldId),
    linesOf(oldFile.newId),
    linesOf(newFile.newId),
  ];
  if (!oldWas || !oldIs || !newWas || !newIs) return false;
  const isAlike = (
    first: readonly string[],
    start: number,
    end: number,
    second: readonly string[],
    otherStart: number,
    otherEnd: number,
  ): boolean =>
    end - start === otherEnd - otherStart &&
    first.slice(start, end).every((line, index) => line === second[otherStart + index]);
  return oldFile.hunks.every((hunk, index) => {
    const newHunk = newFile.hunks[index];
    return (
      newHunk !== undefined &&
      isAlike(oldWas, hunk.oldStart, hunk.oldEnd, oldIs, newHunk.oldStart, newHunk.oldEnd) &&
      isAlike(newWas, hunk.newStart, hunk.newEnd, newIs, newHunk.newStart, newHunk.newEnd)
    );
  });
}

/** Ranges of one side of a file, renumbered. They never cross a hunk's border. */
export function renumberedRanges(
  ranges: readonly LineRange[],
  source: DiffFile,
  file: DiffFile,
  side: 'old' | 'new',
): LineRange[] {
  const startsOf = ({ hunks }: DiffFile): readonly number[] =>
    hunks.map((hunk) => (side === 'old' ? hunk.oldStart : hunk.newStart));
  const [oldStarts, newStarts] = [startsOf(source), startsOf(file)];
  return ranges.map((range) => {
    const hunk = oldStarts.findLastIndex((start) => start < range.start);
    const shift = (newStarts[hunk] ?? 0) - (oldStarts[hunk] ?? 0);
    return { ...range, start: range.start + shift, end: range.end + shift };
  });
}
