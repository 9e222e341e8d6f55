/** Removes what was recorded about a repository. */
import { rmSync } from 'node:fs';
import { NOTES_REF, type Repository } from '../git';
import { recordedPlaces, type KeptPlace } from './locations';

/** Gives what was removed. Throws an error of the file system. */
export function purgeRecords(repository: Repository): KeptPlace[] {
  const places = recordedPlaces(repository);
  for (const place of places) rmSync(place.path, { recursive: true, force: true });
  return places;
}

/** How many commits have a note here. Throws a GitError. */
export async function countNotes(repository: Repository): Promise<number> {
  const list = await repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
  return list.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '').length;
}

/** Removes the notes of this repository, and what is known here of the remotes' ones. Throws a GitError. */
export async function purgeNotes(repository: Repository): Promise<void> {
  const refs = await repository.text(['for-each-ref', '--format=%(refname)', NOTES_REF, 'refs/linekeeper/']);
  for (const ref of refs.split('\n').filter((name) => name !== '')) await repository.git(['update-ref', '-d', ref]);
}
