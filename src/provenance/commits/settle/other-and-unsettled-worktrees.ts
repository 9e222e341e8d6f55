/**
 * The other work trees of a repository. Each has its own journal and HEAD log; commits and notes are shared. So a
 * question asked here may be about a commit that was made there and is still owed its note.
 */
import path from 'node:path';
import { listFolder } from '../../../base/files';
import { openJournal } from '../../journal';
import { isNew, isStale } from './settled-checkpoint';
import { readStateFile, findPlaces, Repository } from '../../../git';

/**
 * The other work trees in which HEAD moved since they were last settled, among those with a record and those that a hook
 * began to follow: their commits may be made of work that was recorded elsewhere. Cheap where there are none.
 */
export function unsettledWorktrees(repository: Repository): Repository[] {
  return otherWorktrees(repository).filter(
    (other) => (!isNew(other) || openJournal(other.gitDir, Date.now).hasRecords()) && isStale(other),
  );
}

/** The other work trees of a repository. */
export function otherWorktrees({ commonDir, gitDir, start }: Repository): Repository[] {
  const folder = path.join(commonDir, 'worktrees');
  const linked = listFolder(folder)
    .sort()
    .flatMap((name) => {
      const file = readStateFile(path.join(folder, name, 'gitdir')).trim();
      return file === '' ? [] : [path.dirname(path.resolve(folder, name, file))];
    });
  const main = gitDir !== commonDir && path.basename(commonDir) === '.git' ? [path.dirname(commonDir)] : [];
  return [...main, ...linked].flatMap((root) => {
    const places = findPlaces(root);
    return places?.commonDir === commonDir && places.gitDir !== gitDir ? [new Repository(places, start)] : [];
  });
}
