/** Whether a change takes back another one exactly. */
import { type Commit, type DiffFile, diffTrees, emptyTree, isZero, readBlobs, type Repository } from '../../../git';
import { splitLines } from '../../authorship';

/** A file of a revert, and the same file in the reverted commit. */
export interface InversePair {
  readonly file: DiffFile;
  readonly reverted: DiffFile;
}

/**
 * The files of a change of `parent` that exactly reverts a commit, line for line, each with that commit's file; of a
 * merge, what it brought to its first parent. Undefined where it does anything else. Throws a GitError.
 */
export async function exactInverse(
  repository: Repository,
  parent: string,
  back: readonly DiffFile[],
  reverted: Pick<Commit, 'id' | 'parents'>,
): Promise<readonly InversePair[] | undefined> {
  const done = await diffTrees(repository, reverted.parents[0] ?? emptyTree(repository), reverted.id);
  if (back.length !== done.length || back.length === 0) return undefined;
  const open = new Map(done.map((file) => [file.path, file]));
  const nameOf = (file: DiffFile): string => file.from ?? file.path;
  const former = back.every((file) => open.has(nameOf(file)))
    ? new Map<string, string>()
    : await formerNames(repository, reverted.id, parent);
  const pairs = back.flatMap((file): InversePair[] => {
    const candidate = open.get(former.get(nameOf(file)) ?? nameOf(file));
    return candidate === undefined || (candidate.from === null ? file.from !== null : candidate.from !== file.path)
      ? []
      : [{ file, reverted: candidate }];
  });
  if (pairs.length < back.length) return undefined;
  const blobs = await readBlobs(
    repository,
    pairs
      .flatMap(({ file, reverted: other }) => [file.oldId, file.newId, other.oldId, other.newId])
      .filter((id) => !isZero(id)),
  );
  const isInverse = ({ file, reverted: revertedFile }: InversePair): boolean => {
    if (hasSwappedContents(file, revertedFile)) return true;
    if (file.binary || revertedFile.binary) return false;
    return (
      changedText(file, 'old', blobs) === changedText(revertedFile, 'new', blobs) &&
      changedText(file, 'new', blobs) === changedText(revertedFile, 'old', blobs)
    );
  };
  return pairs.every(isInverse) ? pairs : undefined;
}

/** Whether a file goes from the other one's new content back to its old content. */
export const hasSwappedContents = (file: DiffFile, second: DiffFile): boolean =>
  file.oldId === second.newId && file.newId === second.oldId;

/** The former names of a commit's files, by their current names: git reverts a change where its file is now. */
const formerNames = async (
  repository: Repository,
  earlier: string,
  commit: string,
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await diffTrees(repository, earlier, commit)).flatMap((file) =>
      file.from === null ? [] : [[file.path, file.from]],
    ),
  );

function changedText(file: DiffFile, side: 'old' | 'new', blobs: ReadonlyMap<string, Buffer>): string {
  const lines = splitLines(blobs.get(side === 'old' ? file.oldId : file.newId)?.toString('latin1') ?? '');
  return file.hunks
    .map((h) => (side === 'old' ? lines.slice(h.oldStart, h.oldEnd) : lines.slice(h.newStart, h.newEnd)).join(''))
    .join('\0');
}
