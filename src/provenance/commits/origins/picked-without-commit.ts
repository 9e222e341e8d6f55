/**
 * Which commits were picked into the index without being committed (`cherry-pick -n`): git does not record it, but
 * their content shows it.
 */
import { outputLines, readCommits, indexTree, type Repository, readStateFile } from '../../../git';
import { NOTES_REF } from '../notes/format';
import { Changes } from '../compare-commit-changes';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { revertedBy, type RevertInProgress } from './revert-in-progress';

/** This many noted commits are examined, newest first. */
const LOOKED_AT_MOST = 30;

/** Commits with notes, oldest first, that HEAD does not have and whose whole change is staged. Throws a GitError. */
export async function pickedCommits(
  repository: Repository,
  head: string,
  index: string | undefined,
): Promise<readonly string[]> {
  const list = await repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
  const noted = new Set(outputLines(list.stdout).flatMap((line) => line.split(' ')[1] ?? []));
  if (noted.size === 0) return [];
  const there = await readCommits(repository, [...noted]); // notes may be of commits that are missing here
  if (there.size === 0) return [];
  const elsewhere = await repository.git(['rev-list', '--topo-order', '--stdin'], {
    input: [...there.keys(), `^${head}`].map((id) => `${id}\n`).join(''),
    codes: [0, 128],
  });
  const ids = outputLines(elsewhere.stdout).filter((id) => noted.has(id));
  if (ids.length === 0) return [];
  const tree = await indexTree(repository, index);
  if (tree === undefined) return [];
  const changes = new Changes(repository);
  const staged = await changes.of(head, tree);
  const commits = ids
    .flatMap((id) => there.get(id) ?? [])
    .filter(({ parents }) => parents.length === 1)
    .slice(0, LOOKED_AT_MOST);
  const found: string[] = [];
  for (const commit of commits) {
    if (await changes.hasLinesOf(staged, await changes.of(commit.parents[0], commit.id))) found.unshift(commit.id);
  }
  return found;
}

/**
 * `cherry-pick -n` leaves a message and nothing else. A message left by a revert does not mean a pick, even if the
 * content brought back equals that of a commit HEAD does not have.
 */
export function isPickedWithoutCommit(repository: Repository, reverted: RevertInProgress | undefined): boolean {
  const message = path.join(repository.gitDir, 'MERGE_MSG');
  if (reverted?.run === true || !existsSync(message)) return false;
  // Git keeps the revert's state until the next commit; the message belongs to the latest action.
  const named = revertedBy(readStateFile(message));
  return reverted === undefined || named === undefined || !reverted.commit.startsWith(named);
}
