/**
 * What is known of work that was stashed, or is carried over by a patch, for the other work trees of a repository: the
 * stash is theirs too, and the journal that knows its authors is not.
 *
 *     put-away/ID in the common git directory: ID is a commit that no branch has, of the stashed work on what it was made on
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ChangeAttribution } from '../../authorship/types';
import { dataPlace, listFolder } from '../../../base/files';
import { readStateFile, writeStateFile, type Repository } from '../../../git';
import { hasShape, isObject, isText, orNull, parsedAs } from '../../../base/shapes';

/** Stashed work and its authors. */
export interface PutAway {
  /** The git directory of the work tree that it was done in. */
  readonly tree: string;
  /** The stash, where it was seen. */
  readonly stash: string | null;
  readonly change: ChangeAttribution;
}

/** A stash is listed for as long as its owner likes, and text is kept no longer than this. */
const KEPT_AT_MOST_MS = 30 * 24 * 3600_000;
/** What is listed no more has been put back by then, or was thrown away. */
const UNLISTED_KEPT_MS = 24 * 3600_000;
const KEPT_AT_MOST = 50;

const folderOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'put-away');
const fileOf = (repository: Pick<Repository, 'commonDir'>, id: string): string => path.join(folderOf(repository), id);

/** The log of the stash, which all work trees share; git deletes it with the last one. */
export const stashLog = ({ commonDir }: Pick<Repository, 'commonDir'>): string =>
  path.join(commonDir, 'logs', 'refs', 'stash');

/** Whether a repository has linked work trees. */
export const hasLinked = ({ commonDir }: Pick<Repository, 'commonDir'>): boolean =>
  existsSync(path.join(commonDir, 'worktrees'));

/** Keeps what is known of stashed work, unless more was known of it before. */
export function keepPutAway(repository: Pick<Repository, 'commonDir'>, id: string, work: PutAway): void {
  const before = putAwayWork(repository, id);
  if (known(work) === 0 || (before !== undefined && known(before) >= known(work))) return;
  writeStateFile(fileOf(repository, id), JSON.stringify(work));
}

const known = ({ change: { added, removed, files } }: PutAway): number =>
  added.ai +
  added.human +
  removed.ai +
  removed.human +
  files.filter(({ change }) => (change?.author ?? 'unknown') !== 'unknown').length;

const isPutAway = hasShape({
  tree: isText,
  stash: orNull(isText),
  change: hasShape({ added: isObject, removed: isObject }),
});

/** What is known of stashed work; undefined for any other commit. */
export function putAwayWork(repository: Pick<Repository, 'commonDir'>, id: string): PutAway | undefined {
  return parsedAs(readStateFile(fileOf(repository, id)), isPutAway) as unknown as PutAway | undefined; // written by this program
}

/** Whether anything is kept; cheap. */
export const isAnyPutAway = (repository: Pick<Repository, 'commonDir'>): boolean =>
  listFolder(folderOf(repository)).length > 0;

/** The ids of what other work trees put away, oldest first. What is too old is deleted. */
export function putAwayBeside(
  { commonDir, gitDir }: Pick<Repository, 'commonDir' | 'gitDir'>,
  now: number,
): readonly string[] {
  const listed = readStateFile(stashLog({ commonDir }));
  const all = listFolder(folderOf({ commonDir })).flatMap((id) => {
    const time = statSync(fileOf({ commonDir }, id), { throwIfNoEntry: false })?.mtimeMs;
    return time === undefined ? [] : [{ id, time }];
  });
  return all
    .sort((a, b) => a.time - b.time)
    .filter(({ id, time }, index) => {
      const work = putAwayWork({ commonDir }, id);
      const isListed = typeof work?.stash === 'string' && listed.includes(work.stash);
      const isOld = now - time > (isListed ? KEPT_AT_MOST_MS : UNLISTED_KEPT_MS) || all.length - index > KEPT_AT_MOST;
      if (!work || isOld) rmSync(fileOf({ commonDir }, id), { force: true });
      return work !== undefined && !isOld && work.tree !== gitDir;
    })
    .map(({ id }) => id);
}
