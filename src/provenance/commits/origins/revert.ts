/** Whether a change reverts a commit exactly, and whether a person did it. */
import { OBJECT_ID } from '../../../base/patterns';
import path from 'node:path';
import { splitLines } from '../../authorship';
import type { ChangeAttribution } from '../../authorship/types';
import { openBrackets, type JournalRecord, type StoredRecord } from '../../journal';
import {
  type Commit,
  diffTrees,
  isZero,
  type DiffFile,
  readBlobs,
  emptyTree,
  readStateFile,
  type Repository,
} from '../../../git';
import { readMessage, type MessageHookCall } from '../message/git-message-cleanup';

/** The commit that a message says it reverts; with `--reference` git writes only an abbreviated id. */
export const revertedBy = (message: string): string | undefined =>
  /^This reverts commit ([0-9a-f]{4,64})\b/m.exec(message)?.[1];

/** The commit whose revert git has left to the user to commit (`revert -n`, or a conflict). */
export const revertLeft = (repository: Pick<Repository, 'gitDir'>): string | undefined =>
  OBJECT_ID.exec(readStateFile(path.join(repository.gitDir, 'REVERT_HEAD')).trim())?.[0];

/** The commit that a commit may revert. */
export interface RevertInProgress {
  readonly commit: string;
  /**
   * Git commits it itself (`git revert`, which starts only from a clean state); otherwise it has left committing to the
   * user (`revert -n`, or a conflict).
   */
  readonly run: boolean;
}

/** The commit that git is reverting for the commit about to be made. */
export function revertInProgress(repository: Repository, call: MessageHookCall): RevertInProgress | undefined {
  const revert = revertLeft(repository);
  if (revert !== undefined) return { commit: revert, run: false };
  if (!call.argv.slice(1).includes('revert') && call.env['GIT_REFLOG_ACTION'] !== 'revert') return undefined;
  const commit = revertedBy(readMessage(call.messageFile).text);
  return commit === undefined ? undefined : { commit, run: true };
}

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

/**
 * Whether no assistant is recorded as involved in what was done on top of a commit. `records`: all of them, of which
 * the first `count` precede it. False when unknown.
 */
export function isWithoutAssistant(records: readonly StoredRecord[], count: number, parent: string): boolean {
  const before = records.slice(0, count);
  const start = before.findLastIndex(({ record }) => record.kind === 'committed' && record.commit === parent);
  // However long ago it was opened: it may still be closed.
  if (start < 0 || openBrackets(before, 0).some(({ record }) => record.opens.by.author !== 'human')) return false;
  return records.every(
    ({ record }, i) => (record.log !== undefined && (i < start || i >= count)) || !isAssistants(record),
  );
}

function isAssistants(record: JournalRecord): boolean {
  if (record.kind === 'seen') return record.opens?.by.author === 'ai';
  return (
    record.kind === 'edit' &&
    (record.by.author === 'ai' ||
      record.files.some((file) => file.hands?.some((provenance) => provenance.author === 'ai')))
  );
}

/** Whether anything in a change is an assistant's. */
export const hasAssistants = (change: ChangeAttribution): boolean =>
  change.added.ai + change.removed.ai > 0 || change.files.some((file) => file.change?.author === 'ai');
