/**
 * Commits whose content git has brought into a change without a trace in its state: an assistant's shell that checks
 * another branch out over the work tree, restores from it or picks from it. What was in such a commit was not written
 * there.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { outputLines, isZero, readCommits, type DiffFile, type Repository } from '../../../git';
import { openBrackets, type StoredRecord } from '../../journal';
import { Changes } from '../compare-commit-changes';
import { readLines } from './read-and-append-state-lines';

/** This many commits that HEAD does not have are looked at, newest first. */
const LOOKED_AT_MOST = 30;

/** File times are kept less finely than the journal's, and another clock may write them: milliseconds. */
const CLOCKS_DIFFER_MS = 1000;

/**
 * Since when (milliseconds since the epoch) an assistant has been able to change any file, where that may have got into
 * the next commit; undefined when none was.
 */
function shellSince(records: readonly StoredRecord[], now: number): number | undefined {
  const start = records.findLastIndex(({ record }) => record.kind === 'committed');
  const open = new Set(openBrackets(records, now).map(({ name }) => name));
  const closed = new Set(
    records.slice(start + 1).flatMap(({ record }) => (record.kind === 'edit' ? (record.closes ?? []) : [])),
  );
  const first = records.find(
    ({ name, record }) =>
      record.kind === 'seen' &&
      record.opens?.all === true &&
      record.opens.by.author === 'ai' &&
      (open.has(name) || closed.has(name)),
  );
  return first?.record.at;
}

/** When a file appeared: milliseconds since the epoch; undefined for none. Git touches objects that it has already. */
function birthOf(file: string): number | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && Math.min(stat.mtimeMs, ...(stat.birthtimeMs > 0 ? [stat.birthtimeMs] : []));
}

/** Whether git may have had one of these contents before an assistant began. Starts no git. */
function mayBeBrought(
  { commonDir, gitDir }: Pick<Repository, 'commonDir' | 'gitDir'>,
  files: readonly DiffFile[],
  since: number,
  objects: string | undefined,
): boolean {
  if ((birthOf(path.join(gitDir, 'FETCH_HEAD')) ?? 0) >= since - CLOCKS_DIFFER_MS) return true;
  const place = (folder: string, id: string): string => path.join(folder, id.slice(0, 2), id.slice(2));
  return files.some(({ newId }) => {
    if (isZero(newId) || (objects !== undefined && birthOf(place(objects, newId)) !== undefined)) return false;
    const born = birthOf(place(path.join(commonDir, 'objects'), newId));
    return born === undefined || born < since - CLOCKS_DIFFER_MS;
  });
}

/**
 * Commits that HEAD does not have and whose whole change is in this one, oldest first. `files`: what the change does,
 * of which `claimed` seem to be an assistant's. Throws a GitError.
 */
export async function joinedCommits(
  repository: Repository,
  { from, files, objects }: { readonly from: string; readonly files: readonly DiffFile[]; readonly objects?: string },
  claimed: readonly DiffFile[],
  { records, now }: { readonly records: readonly StoredRecord[]; readonly now: number },
): Promise<readonly string[]> {
  const since = shellSince(records, now);
  if (since === undefined || !mayBeBrought(repository, claimed, since, objects)) return [];
  const fetched = readLines(path.join(repository.gitDir, 'FETCH_HEAD')).flatMap(
    (line) => /^[0-9a-f]{40,64}(?=\t)/.exec(line)?.[0] ?? [],
  );
  const list = await repository.git(
    [
      'rev-list',
      '--ignore-missing',
      '--topo-order',
      '--no-merges',
      `--max-count=${String(LOOKED_AT_MOST)}`,
      '--branches',
      '--remotes',
      ...fetched,
      '--not',
      'HEAD',
      from,
    ],
    { codes: [0, 128] },
  );
  const ids = outputLines(list.stdout);
  const commits = await readCommits(repository, ids);
  const changes = new Changes(repository, objects);
  const found: string[] = [];
  for (const id of ids) {
    const commit = commits.get(id);
    if (commit && (await changes.hasLinesOf({ files }, await changes.of(commit.parents[0], id)))) found.unshift(id);
  }
  return found;
}
