/** The sessions of other tools that an amended commit's note has, for the note of the commit that took its place. */
import type { ChangeAttribution } from '../../attribution/types';
import { diffTrees } from '../diff/diff';
import type { Commit } from '../plumbing/commit';
import type { Repository } from '../plumbing/repository';
import { besideForeign, foreignPart, mergeNotes, type Note } from './format';
import { notesOf } from './store';

/**
 * Puts what other tools wrote of the commits that this one takes the place of beside what is known of it: their
 * sessions as they are, with their lines of files that are still the same. What changed since is told by `change`.
 * Throws a GitError.
 */
export async function withForeign(
  repository: Repository,
  commit: Commit,
  sources: readonly Commit[],
  change: ChangeAttribution,
): Promise<{ readonly change: ChangeAttribution; readonly foreign?: Note }> {
  // Lines have the same numbers, and count from the same parent.
  const amended = sources.filter(({ parents }) => parents.join() === commit.parents.join());
  const notes = await notesOf(
    repository,
    amended.map(({ id }) => id),
  );
  let all: Note | undefined;
  for (const [id, note] of notes) {
    const changed = new Set(
      (await diffTrees(repository, id, commit.id)).flatMap(({ path, from }) =>
        [path, from ?? path].map((name) => name.normalize('NFC')),
      ),
    );
    const part = foreignPart(note, (path) => !changed.has(path));
    if (part) all = all ? mergeNotes(all, part) : part;
  }
  return all ? besideForeign(change, all) : { change };
}
