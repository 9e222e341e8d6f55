/** Removes what was recorded about a repository. */
import { rmSync } from 'node:fs';
import { NOTES_REF, PROMPTS_REF } from '../../provenance/commits';
import { outputLines, type Repository } from '../../git';
import { openJournal } from '../../provenance/journal';
import { gitDirs, recordedPlaces, type KeptPlace } from './places-of-user-data';

/** Returns what was removed. Throws a file system error. */
export function purgeRecords(repository: Repository): KeptPlace[] {
  const places = recordedPlaces(repository);
  for (const place of places) rmSync(place.path, { recursive: true, force: true });
  return places;
}

/** A prompt of a session in the records of a work tree. */
interface RecordedPrompt {
  readonly session: string;
  readonly digest: string;
}

/** The prompts in the records of all work trees, including those that have not led to a commit. */
export const recordedPrompts = (repository: Repository, now: () => number): readonly RecordedPrompt[] =>
  gitDirs(repository).flatMap((gitDir) =>
    openJournal(gitDir, now)
      .read()
      .flatMap(({ record }) =>
        record.kind === 'session' && record.prompt !== undefined
          ? [{ session: record.session, digest: record.prompt.digest }]
          : [],
      ),
  );

/** Removes the prompts from the records of all work trees; the records stay. Throws a JournalError. */
export function forgetPrompts(repository: Repository, now: () => number): void {
  for (const gitDir of gitDirs(repository)) openJournal(gitDir, now).forgetPrompts();
}

/** How many commits have a note here. Throws a GitError. */
export async function countNotes(repository: Repository): Promise<number> {
  const list = await repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
  return outputLines(list.stdout).length;
}

/**
 * Removes this repository's notes and kept prompts, and the tracking refs of the remotes' notes. `evidence`: also
 * sign-offs, deployments, what emergencies owe and what agents ran. Throws a GitError.
 */
export async function purgeNotes(repository: Repository, { evidence = false } = {}): Promise<void> {
  const refs = await repository.text([
    'for-each-ref',
    '--format=%(refname)',
    NOTES_REF,
    PROMPTS_REF,
    'refs/linekeeper/',
    ...(evidence ? ['refs/notes/linekeeper-*'] : []),
  ]);
  for (const ref of refs.split('\n').filter((name) => name !== '')) await repository.git(['update-ref', '-d', ref]);
}
