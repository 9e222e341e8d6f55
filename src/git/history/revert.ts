/** A person who undoes a commit never needs an assistant's sign-off: an exact inverse is a person's (DESIGN 1.3, rule 6). */
import path from 'node:path';
import { splitLines } from '../../attribution';
import type { ChangeAttribution, LineRange } from '../../attribution/types';
import { openBrackets, type JournalRecord, type StoredRecord } from '../../journal';
import type { Commit } from '../plumbing/commit';
import { diffTrees, isZero, type DiffFile } from '../diff/diff';
import { readMessage, type HookCall } from '../message/commit-message';
import { readBlobs } from '../plumbing/cat-file';
import { emptyTree } from '../plumbing/isolated-git';
import { readStateFile } from '../plumbing/best-effort-file';
import type { Repository } from '../plumbing/repository';

/** The commit that a message says it reverts; with `--reference` git writes the beginning of its id only. */
export const revertedBy = (message: string): string | undefined => /^This reverts commit ([0-9a-f]{4,64})\b/m.exec(message)?.[1];

/**
 * The commit that git is taking back for the commit that is about to be made. `run`: by itself (`git revert`, which starts only
 * from what is committed); otherwise it has left that to somebody's own commit (`revert -n`, or a conflict).
 */
export function revertInProgress(repository: Repository, call: HookCall): { readonly commit: string; readonly run: boolean } | undefined {
  const left = /^[0-9a-f]{40,64}$/.exec(readStateFile(path.join(repository.gitDir, 'REVERT_HEAD')).trim())?.[0];
  if (left !== undefined) return { commit: left, run: false };
  if (!call.argv.slice(1).includes('revert') && call.env['GIT_REFLOG_ACTION'] !== 'revert') return undefined;
  const commit = revertedBy(readMessage(call.messageFile).text);
  return commit === undefined ? undefined : { commit, run: true };
}

/** Whether a change of `parent` takes back just what a commit did, line for line. Throws a GitError. */
export async function isExactInverse(repository: Repository, parent: string, back: readonly DiffFile[], reverted: Commit): Promise<boolean> {
  if (reverted.parents.length > 1) return false;
  const done = await diffTrees(repository, reverted.parents[0] ?? emptyTree(repository), reverted.id);
  if (back.length !== done.length || back.length === 0) return false;
  const open = new Map(done.map((file) => [file.path, file]));
  const nameOf = (file: DiffFile): string => file.from ?? file.path;
  const former = back.every((file) => open.has(nameOf(file))) ? new Map<string, string>() : await formerNames(repository, reverted.id, parent);
  const pairs = back.map((file) => ({ file, other: open.get(former.get(nameOf(file)) ?? nameOf(file)) }));
  if (pairs.some(({ file, other }) => !other || (other.from === null ? file.from !== null : other.from !== file.path))) return false;
  const blobs = await readBlobs(repository, pairs.flatMap(({ file, other }) => [file.oldId, file.newId, other?.oldId ?? '', other?.newId ?? '']).filter((id) => id !== '' && !isZero(id)));
  return pairs.every(({ file, other }) => {
    if (!other) return false;
    if (file.oldId === other.newId && file.newId === other.oldId) return true;
    if (file.binary || other.binary) return false;
    const same = (a: string, b: string): boolean => a === b;
    return same(changedText(file, 'old', blobs), changedText(other, 'new', blobs)) && same(changedText(file, 'new', blobs), changedText(other, 'old', blobs));
  });
}

/** What files of a commit were called in an earlier one, by what they are called now: git takes a change back where its file is now. */
const formerNames = async (repository: Repository, earlier: string, commit: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await diffTrees(repository, earlier, commit)).flatMap((file) => (file.from === null ? [] : [[file.path, file.from]])));

function changedText(file: DiffFile, side: 'old' | 'new', blobs: ReadonlyMap<string, Buffer>): string {
  const lines = splitLines(blobs.get(side === 'old' ? file.oldId : file.newId)?.toString('latin1') ?? '');
  return file.hunks.map((h) => (side === 'old' ? lines.slice(h.oldStart, h.oldEnd) : lines.slice(h.newStart, h.newEnd)).join('')).join('\0');
}

/**
 * Whether no assistant is recorded as having had a hand in what was done on top of a commit. `records`: all of them, of which
 * `count` came before it was done. False where that cannot be told.
 */
export function isWithoutAssistant(records: readonly StoredRecord[], count: number, parent: string): boolean {
  const before = records.slice(0, count);
  const start = before.findLastIndex(({ record }) => record.kind === 'committed' && record.commit === parent);
  // However long ago it was opened: it may yet be closed.
  if (start < 0 || openBrackets(before, 0).some(({ record }) => record.opens.by.author !== 'human')) return false;
  return records.every(({ record }, i) => (record.log !== undefined && (i < start || i >= count)) || !isAssistants(record));
}

function isAssistants(record: JournalRecord): boolean {
  if (record.kind === 'seen') return record.opens?.by.author === 'ai';
  return record.kind === 'edit' && (record.by.author === 'ai' || record.files.some((file) => file.hands?.some((provenance) => provenance.author === 'ai')));
}

/**
 * The change with what nobody is recorded for given to the person who took it back; as it is when an assistant may have done it.
 * `certainly`: no assistant was there, so that what its lines seem to be by is a guess.
 */
export function byPerson(change: ChangeAttribution, certainly: boolean): ChangeAttribution {
  if (!certainly && hasAssistants(change)) return change;
  const all = (counts: ChangeAttribution['added']): ChangeAttribution['added'] => ({ ai: 0, human: counts.ai + counts.human + counts.unknown, unknown: 0 });
  return {
    files: change.files.map((file) => ({ ...file, ranges: joined(file.ranges.map(given)), removed: joined(file.removed.map(given)), change: file.change && given(file.change) })),
    added: all(change.added),
    removed: all(change.removed),
  };
}

const DECLARED = { author: 'human', edited: false, assistant: null, model: null, session: null, evidence: 'declared' } as const;
const given = <R extends Omit<LineRange, 'start' | 'end'>>(range: R): R => (range.author === 'human' ? range : { ...range, ...DECLARED });

/** Ranges of the same hand that follow each other, as one. */
function joined(ranges: readonly LineRange[]): LineRange[] {
  return ranges.reduce<LineRange[]>((done, range) => {
    const last = done.at(-1);
    const goesOn = last?.end === range.start - 1 && last.evidence === 'declared' && range.evidence === 'declared' && last.edited === range.edited;
    return goesOn ? [...done.slice(0, -1), { ...last, end: range.end }] : [...done, range];
  }, []);
}

/** Whether anything of a change is an assistant's. */
export const hasAssistants = (change: ChangeAttribution): boolean => change.added.ai + change.removed.ai > 0 || change.files.some((file) => file.change?.author === 'ai');
