/** The sessions of other tools in an amended commit's note, for the note of its replacement. */
import type { ChangeAttribution } from '../../authorship/types';
import { diffTrees, type Commit, type Repository } from '../../../git';
import { besideForeign, foreignPart, mergeNotes, type Note } from './format';
import { notesOf } from './notes-store';

/**
 * Adds what other tools wrote about the replaced commits to what is known of this one: their sessions as they are, with
 * their lines of files that are still the same. `change` covers what changed since. Throws a GitError.
 */
export async function withForeign(
  repository: Repository,
  commit: Commit,
  sources: readonly Commit[],
  change: ChangeAttribution,
): Promise<{ readonly change: ChangeAttribution; readonly foreign?: Note }> {
  // Lines have the same numbers, relative to the same parent.
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
