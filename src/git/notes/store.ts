/** Reads and writes notes in the repository. */
import type { ChangeAttribution } from '../../attribution/types';
import { parseCommit, type Commit } from '../commit';
import { NOTES_REF, readNote, writeNote, type Note } from '../note';
import { readBlobs, readNamed } from '../objects';
import { removeLockLeftBehind } from './lock';
import type { Repository } from '../repository';

/** For so many notes git's own places for them are tried; for more, the list of all notes is quicker. */
export const FEW = 8;

/** Where git may keep a commit's note: the more notes there are, the more folders its name is spread over. */
const placesOf = (commit: string): string[] => [0, 1, 2, 3].map((folders) => `${NOTES_REF}:${commit.slice(0, 2 * folders).replace(/../g, '$&/')}${commit.slice(2 * folders)}`);

/** A few commits and their notes, in one git call; what is not there is left out. Throws a GitError. */
export async function commitsWithNotes(repository: Repository, ids: readonly string[]): Promise<{ readonly commits: Map<string, Commit>; readonly notes: Map<string, Note> }> {
  const commits = new Map<string, Commit>();
  const notes = new Map<string, Note>();
  const places = ids.map(placesOf);
  const found = await readNamed(repository, ids.flatMap((id, i) => [id, ...(places[i] ?? [])]));
  for (const id of ids) {
    const [commit, ...kept] = found.splice(0, 1 + (places[0]?.length ?? 0));
    if (commit?.kind === 'commit') commits.set(id, parseCommit(repository, id, commit.content));
    const blob = kept.find((one) => one?.kind === 'blob');
    const note = blob && readNote(blob.content.toString('utf8'), id);
    if (note) notes.set(id, note);
  }
  return { commits, notes };
}

/** The notes of commits; those without one, or with one that is not of the standard, are left out. Throws a GitError. */
export async function notesOf(repository: Repository, commits: readonly string[]): Promise<Map<string, Note>> {
  const notes = new Map<string, Note>();
  if (commits.length === 0) return notes;
  if (commits.length <= FEW) return (await commitsWithNotes(repository, commits)).notes;
  const list = await repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
  const wanted = new Set(commits);
  const blobOf = new Map<string, string>();
  for (const line of list.stdout.toString('utf8').split('\n')) {
    const [blob, commit] = line.split(' ');
    if (blob !== undefined && commit !== undefined && wanted.has(commit)) blobOf.set(commit, blob);
  }
  const blobs = await readBlobs(repository, blobOf.values());
  for (const [commit, blob] of blobOf) {
    const note = readNote(blobs.get(blob)?.toString('utf8') ?? '', commit);
    if (note) notes.set(commit, note);
  }
  return notes;
}

/** Writes a commit's note; the notes commit carries the commit's own time, none finer. Throws a GitError. */
export async function putNote(repository: Repository, commit: Commit, text: string): Promise<void> {
  const date = `@${String(commit.committer.time)} ${commit.committer.zone}`;
  const name = commit.committer.name === '' ? 'Linekeeper' : commit.committer.name;
  const email = commit.committer.email === '' ? 'linekeeper@localhost' : commit.committer.email;
  const env = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date, GIT_INDEX_FILE: undefined };
  const blob = (await repository.git(['hash-object', '-w', '--stdin'], { input: text, env })).stdout.toString('utf8').trim();
  for (let attempt = 0; ; attempt++) {
    const answer = await repository.git(['notes', `--ref=${NOTES_REF}`, 'add', '-f', '-C', blob, commit.id], { env, codes: attempt < 5 ? [0, 1, 128] : [0] });
    if (answer.code === 0) return;
    removeLockLeftBehind(repository);
    await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt)); // another process is writing notes
  }
}

/** Puts what is known of a commit into its note, beside what is there already. Throws a GitError. */
export async function mergeIntoNote(repository: Repository, commit: Commit, change: ChangeAttribution): Promise<void> {
  const existing = (await notesOf(repository, [commit.id])).get(commit.id);
  await putNote(repository, commit, writeNote(commit.id, `${commit.author.name} <${commit.author.email}>`, change, existing));
}
