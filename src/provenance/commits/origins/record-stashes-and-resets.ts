/**
 * Work that git took out of the work tree without making a commit: `git stash` leaves HEAD's content behind, and so
 * does `git reset --hard`. It must be recorded before the next edit; otherwise what is done to the files then would
 * seem to be done to that work.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openJournal, type Journal, type StoredRecord, type SeenRecord } from '../../journal';
import {
  readCommits,
  diffTrees,
  hasLines,
  isZero,
  type DiffFile,
  readBlobs,
  readStateFile,
  writeStateFile,
  type Repository,
} from '../../../git';
import type { ReflogEntry, Stash } from './head-moves-in-reflog';
import { markResetPending } from './commits-undone-by-reset';
import { stashLog } from '../stashes-of-other-worktrees/known-stashes';

/** Stashes made since the last call, oldest first; none on the first call. Throws a GitError. */
export async function newStashes(repository: Repository, journal: Journal): Promise<Stash[]> {
  const file = path.join(journal.folder, 'stashes');
  const known = readStateFile(file)
    .split('\n')
    .filter((id) => id !== '');
  // git deletes the log with the last stash.
  const log = readStateFile(stashLog(repository));
  if (log === '' && known.length === 0) return [];
  const entries = log.split('\n').flatMap((line) => {
    const [, id, time] = /^[0-9a-f]+ ([0-9a-f]+) .*? (\d+) [+-]\d{4}\t/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, time: Number(time) }];
  });
  const fresh = entries.filter(({ id }) => !known.includes(id));
  const isPopped = known.some((id) => entries.every((stash) => stash.id !== id));
  if (fresh.length > 0 || isPopped) writeStateFile(file, entries.map(({ id }) => `${id}\n`).join(''));
  // Its records are settled, and its work may be in the next commit.
  if (isPopped) markResetPending(repository, true);
  const commits = await readCommits(
    repository,
    fresh.map(({ id }) => id),
  );
  return fresh.flatMap(({ id, time }) => {
    const base = commits.get(id)?.parents[0];
    return base === undefined ? [] : [{ id, base, time }];
  });
}

/**
 * The moves of HEAD with the stashes between them; `before` is the move that came next. Work is stashed from the commit
 * at HEAD, usually with a reset.
 */
export function withStashes(
  moves: readonly ReflogEntry[],
  stashes: readonly Stash[],
): (ReflogEntry | { readonly stash: Stash; readonly before?: ReflogEntry })[] {
  const at = new Map<number, Stash[]>();
  let from = 0;
  for (const stash of stashes) {
    const reset = moves.findIndex(
      (move, i) =>
        i >= from &&
        move.before === stash.base &&
        move.after === stash.base &&
        move.what.startsWith('reset:') &&
        move.time >= stash.time,
    );
    const last = moves.findLastIndex((move) => move.after === stash.base && move.time <= stash.time);
    const index = reset >= 0 ? reset : last >= 0 ? last + 1 : moves[0]?.before === stash.base ? 0 : moves.length;
    if (reset >= 0) from = reset + 1;
    at.set(index, [...(at.get(index) ?? []), stash]);
  }
  return [...moves, undefined].flatMap((move, i) => [
    ...(at.get(i) ?? []).map((stash) => ({ stash, ...(move ? { before: move } : {}) })),
    ...(move ? [move] : []),
  ]);
}

/** Paths that records name. */
export const pathsIn = (records: readonly StoredRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ record }) => (record.kind === 'session' ? [] : record.files.map((file) => file.path))));

/** The last recorded content of each path, by the journal's id. */
export function lastContents(records: readonly StoredRecord[]): ReadonlyMap<string, string | null> {
  const last = new Map<string, string | null>();
  for (const { record } of records) {
    if (record.kind === 'edit') for (const { path: file, to } of record.files) last.set(file, to);
    else if (record.kind === 'seen') for (const { path: file, content } of record.files) last.set(file, content);
  }
  return last;
}

/**
 * What git left of files that it then changed although they had uncommitted work: it refuses unless the work was put
 * aside before. `last`: the files' last recorded contents. Throws a GitError or a JournalError.
 */
export async function contentsLeft(
  repository: Repository,
  journal: Journal,
  changed: readonly DiffFile[],
  last: ReadonlyMap<string, string | null>,
): Promise<{ readonly path: string; readonly content: string; readonly stored: true }[]> {
  const pending = changed.filter(({ path: file, oldId, newId, from }) => {
    const content = last.get(file);
    return (
      from === null &&
      !isZero(oldId) &&
      content !== undefined &&
      content !== null &&
      content !== oldId &&
      content !== newId
    );
  });
  if (pending.length === 0) return [];
  const blobs = await readBlobs(
    repository,
    pending.map(({ oldId }) => oldId),
  );
  return pending.flatMap(({ path: file, oldId }) => {
    const content = blobs.get(oldId);
    return content === undefined ? [] : [{ path: file, content: journal.keep(content, oldId), stored: true as const }];
  });
}

type Add = (record: Pick<SeenRecord, 'kind' | 'files' | 'away'>) => void;

/** Records in the journal what was stashed and what was left. Throws a GitError or a JournalError. */
export async function recordStash(
  repository: Repository,
  { id, base }: Stash,
  records: readonly StoredRecord[],
  add: Add,
): Promise<void> {
  const paths = pathsIn(records);
  const files = (await diffTrees(repository, base, id)).filter((file) => hasLines(file) && paths.has(file.path));
  await see(repository, files, ['newId', 'oldId'], add);
}

/**
 * Records in the journal that HEAD was checked out over the work tree, where it appears so. Throws a GitError or a
 * JournalError.
 */
export async function recordReset(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
): Promise<void> {
  const paths = pathsIn(records);
  const head = await repository.commitId('HEAD');
  if (head === undefined) return;
  // Against HEAD and not the index: work that came back may already be staged.
  const changed = new Set(
    (await repository.git(['diff-index', '--name-only', '-z', head])).stdout.toString('utf8').split('\0'),
  );
  const clean = [...paths].filter(
    (file) => !changed.has(file) && existsSync(path.join(repository.root, ...file.split('/'))),
  );
  const entries =
    clean.length === 0
      ? ''
      : (await repository.git(['ls-tree', '-r', '-z', '--full-tree', head])).stdout.toString('utf8');
  const wanted = new Set(clean);
  const files = entries.split('\0').flatMap((line) => {
    const [, newId, name] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return newId !== undefined && name !== undefined && wanted.has(name) ? [{ path: name, newId }] : [];
  });
  await see(repository, files, ['newId'], (record) => void journal.add(record));
}

async function see(
  repository: Repository,
  files: readonly Pick<DiffFile, 'path' | 'newId'>[] | readonly Pick<DiffFile, 'path' | 'newId' | 'oldId'>[],
  sides: readonly ('newId' | 'oldId')[],
  add: Add,
): Promise<void> {
  if (files.length === 0) return;
  const journal = openJournal(repository.gitDir, Date.now);
  const idOf = (file: (typeof files)[number], side: 'newId' | 'oldId'): string =>
    side === 'oldId' && 'oldId' in file ? file.oldId : file.newId;
  const blobs = await readBlobs(
    repository,
    files.flatMap((file) => sides.map((side) => idOf(file, side))).filter((id) => !isZero(id)),
  );
  for (const side of sides) {
    const seen = files.flatMap((file) => {
      const content = isZero(idOf(file, side)) ? null : blobs.get(idOf(file, side));
      return content === undefined
        ? []
        : [{ path: file.path, content: content === null ? null : journal.keep(content), stored: true as const }];
    });
    if (seen.length > 0)
      add({ kind: 'seen', files: seen, ...(sides.length > 1 && side === 'newId' ? { away: true } : {}) });
  }
}
