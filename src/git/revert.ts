/** A person who undoes a commit never needs an assistant's sign-off: an exact inverse is a person's (DESIGN 1.3, rule 6). */
import { splitLines } from '../attribution';
import type { ChangeAttribution, LineRange } from '../attribution/types';
import type { Commit } from './commit';
import { diffTrees, isZero, type DiffFile } from './diff';
import { readBlobs } from './objects';
import { emptyTree } from './plain';
import type { Repository } from './repository';

/** The commit that a message says it reverts. */
export const revertedBy = (message: string): string | undefined => /^This reverts commit ([0-9a-f]{40,64})\b/m.exec(message)?.[1];

/** Whether a commit takes back just what another one did, line for line. Throws a GitError. */
export async function isExactInverse(repository: Repository, commit: Commit, reverted: Commit): Promise<boolean> {
  if (commit.parents.length !== 1 || reverted.parents.length > 1) return false;
  const back = await diffTrees(repository, commit.parents[0] ?? '', commit.id);
  const done = await diffTrees(repository, reverted.parents[0] ?? emptyTree(repository), reverted.id);
  if (back.length !== done.length || back.length === 0) return false;
  const open = new Map(done.map((file) => [file.path, file]));
  const pairs = back.map((file) => ({ file, other: open.get(file.from ?? file.path) }));
  if (pairs.some(({ file, other }) => !other || (other.from ?? other.path) !== file.path)) return false;
  const blobs = await readBlobs(repository, pairs.flatMap(({ file, other }) => [file.oldId, file.newId, other?.oldId ?? '', other?.newId ?? '']).filter((id) => id !== '' && !isZero(id)));
  return pairs.every(({ file, other }) => {
    if (!other) return false;
    if (file.oldId === other.newId && file.newId === other.oldId) return true;
    if (file.binary || other.binary) return false;
    const same = (a: string, b: string): boolean => a === b;
    return same(changedText(file, 'old', blobs), changedText(other, 'new', blobs)) && same(changedText(file, 'new', blobs), changedText(other, 'old', blobs));
  });
}

function changedText(file: DiffFile, side: 'old' | 'new', blobs: ReadonlyMap<string, Buffer>): string {
  const lines = splitLines(blobs.get(side === 'old' ? file.oldId : file.newId)?.toString('latin1') ?? '');
  return file.hunks.map((h) => (side === 'old' ? lines.slice(h.oldStart, h.oldEnd) : lines.slice(h.newStart, h.newEnd)).join('')).join('\0');
}

/** The change with what nobody is recorded for given to the person who took it back; as it is when an assistant did it. */
export function byPerson(change: ChangeAttribution): ChangeAttribution {
  if (change.added.ai + change.removed.ai > 0 || change.files.some((file) => file.change?.author === 'ai')) return change;
  const given = <R extends Omit<LineRange, 'start' | 'end'>>(range: R): R => (range.author === 'unknown' ? { ...range, author: 'human', evidence: 'declared' } : range);
  const all = (counts: ChangeAttribution['added']): ChangeAttribution['added'] => ({ ai: 0, human: counts.human + counts.unknown, unknown: 0 });
  return {
    files: change.files.map((file) => ({ ...file, ranges: file.ranges.map(given), removed: file.removed.map(given), change: file.change && given(file.change) })),
    added: all(change.added),
    removed: all(change.removed),
  };
}
