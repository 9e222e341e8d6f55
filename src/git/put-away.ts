/**
 * Work that git took out of the work tree without making a commit: `git stash` leaves HEAD's content behind, and so does
 * `git reset --hard`. Seen before the next edit is, or what is done to the files then would seem to be done to the work.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openJournal, type Journal, type Named } from '../journal';
import { readCommit } from './commit';
import { diffTrees, hasLines, isZero, type DiffFile } from './diff';
import { readBlobs } from './objects';
import { readQuietly, writeQuietly } from './quietly';
import type { Repository } from './repository';

const stashLog = (repository: Repository): string => path.join(repository.commonDir, 'logs', 'refs', 'stash');

/** Stashes that were made since the last time, oldest first; from the second time on. */
function newStashes(repository: Repository, journal: Journal): { readonly id: string; readonly time: number }[] {
  const file = path.join(journal.folder, 'stashes');
  const now = readQuietly(stashLog(repository)).split('\n').flatMap((line) => {
    const [, id, time] = /^[0-9a-f]+ ([0-9a-f]+) .*? (\d+) [+-]\d{4}\t/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, time: Number(time) }];
  });
  const known = new Set(readQuietly(file).split('\n'));
  const fresh = now.filter(({ id }) => !known.has(id));
  if (fresh.length > 0 || known.size > now.length + 1) writeQuietly(file, now.map(({ id }) => `${id}\n`).join(''));
  return fresh;
}

const pathsIn = (records: readonly Named[]): ReadonlySet<string> => new Set(records.flatMap(({ record }) => (record.kind === 'session' ? [] : record.files.map((file) => file.path))));

/** Tells the journal what was stashed, at the time when it was. Gives whether there was something. Throws a GitError or a JournalError. */
export async function seeStashed(repository: Repository, records: readonly Named[]): Promise<boolean> {
  if (!existsSync(stashLog(repository))) return false;
  const paths = pathsIn(records);
  let told = false;
  for (const { id, time } of newStashes(repository, openJournal(repository.gitDir, Date.now))) {
    const stash = await readCommit(repository, id);
    const base = stash?.parents[0];
    if (!stash || base === undefined) continue;
    const files = (await diffTrees(repository, base, stash.id)).filter((file) => hasLines(file) && paths.has(file.path));
    await see(repository, openJournal(repository.gitDir, () => time * 1000), files, ['newId', 'oldId']);
    told ||= files.length > 0;
  }
  return told;
}

/** Tells the journal that HEAD was put over the work tree, where it looks so. Throws a GitError or a JournalError. */
export async function seeReset(repository: Repository, journal: Journal, records: readonly Named[]): Promise<void> {
  const paths = pathsIn(records);
  const head = await repository.commitId('HEAD');
  if (head === undefined) return;
  const changed = new Set((await repository.git(['diff-files', '--name-only', '-z'])).stdout.toString('utf8').split('\0'));
  const clean = [...paths].filter((file) => !changed.has(file) && existsSync(path.join(repository.root, ...file.split('/'))));
  const entries = clean.length === 0 ? '' : (await repository.git(['ls-tree', '-r', '-z', '--full-tree', head])).stdout.toString('utf8');
  const wanted = new Set(clean);
  const files = entries.split('\0').flatMap((line) => {
    const [, newId, name] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return newId !== undefined && name !== undefined && wanted.has(name) ? [{ path: name, newId }] : [];
  });
  await see(repository, journal, files, ['newId']);
}

async function see(repository: Repository, journal: Journal, files: readonly Pick<DiffFile, 'path' | 'newId'>[] | readonly Pick<DiffFile, 'path' | 'newId' | 'oldId'>[], sides: readonly ('newId' | 'oldId')[]): Promise<void> {
  if (files.length === 0) return;
  const idOf = (file: (typeof files)[number], side: 'newId' | 'oldId'): string => (side === 'oldId' && 'oldId' in file ? file.oldId : file.newId);
  const blobs = await readBlobs(repository, files.flatMap((file) => sides.map((side) => idOf(file, side))).filter((id) => !isZero(id)));
  for (const side of sides) {
    const seen = files.flatMap((file) => {
      const content = isZero(idOf(file, side)) ? null : blobs.get(idOf(file, side));
      return content === undefined ? [] : [{ path: file.path, content: content === null ? null : journal.keep(content) }];
    });
    if (seen.length > 0) journal.add({ kind: 'seen', files: seen });
  }
}
