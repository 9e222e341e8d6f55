/** Reads and writes notes in the repository. */
import { OBJECT_ID } from '../../../base/patterns';
import type { ChangeAttribution } from '../../authorship/types';
import { outputNames, parseCommit, type Commit, readBlobs, readNamed, type Repository, GitError } from '../../../git';
import { NOTES_REF, readNote, writeNote, type Note } from './format';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { alone, removeStaleLock } from './notes-lock';
import { WRITTEN_REF, writeNotes } from './write-notes';

/** For this many notes, git's possible places for them are tried; for more, listing all notes is faster. */
export const FEW = 8;

/**
 * For up to this many commits, the notes are looked up at their possible places, in one git call; for more, all notes
 * are listed first.
 */
const SOME = 64;

/** Where git may keep a commit's note: the more notes, the deeper the folders. */
const placesOf = (commit: string, ref = NOTES_REF): string[] => placesIn(ref, commit);

const PLACES = [0, 1, 2, 3] as const;
const placesIn = (notes: string, commit: string): string[] =>
  PLACES.map((folders) => `${notes}:${commit.slice(0, 2 * folders).replace(/../g, '$&/')}${commit.slice(2 * folders)}`);

/** A few commits and their notes, in one git call; missing ones are left out. Throws a GitError. */
export async function commitsWithNotes(
  repository: Repository,
  ids: readonly string[],
): Promise<{ readonly commits: Map<string, Commit>; readonly notes: Map<string, Note> }> {
  const commits = new Map<string, Commit>();
  const notes = new Map<string, Note>();
  const places = ids.map((id) => placesOf(id));
  const found = await readNamed(
    repository,
    ids.flatMap((id, i) => [id, ...(places[i] ?? [])]),
  );
  for (const id of ids) {
    const [commit, ...objects] = found.splice(0, 1 + (places[0]?.length ?? 0));
    if (commit?.kind === 'commit') commits.set(id, parseCommit(repository, id, commit.content));
    const blob = objects.find((one) => one?.kind === 'blob');
    const note = blob && readNote(blob.content.toString('utf8'), id);
    if (note) notes.set(id, note);
  }
  return { commits, notes };
}

/**
 * The notes of commits; those without one, or with one that does not follow the standard, are left out. Throws a
 * GitError.
 */
export async function notesOf(repository: Repository, commits: readonly string[]): Promise<Map<string, Note>> {
  if (commits.length > 0 && commits.length <= FEW) return (await commitsWithNotes(repository, commits)).notes;
  const noteOf = await noteReader(repository, commits);
  return new Map(
    commits.flatMap((commit) => {
      const note = noteOf(commit);
      return note ? [[commit, note] as const] : [];
    }),
  );
}

/**
 * Reads the notes of commits, and parses each on demand: for many commits only the bytes are kept. Undefined for one
 * without a note, or with one that does not follow the standard. Throws a GitError.
 */
export async function noteReader(
  repository: Repository,
  commits: readonly string[],
  ref = NOTES_REF,
): Promise<(commit: string) => Note | undefined> {
  if (commits.length === 0) return () => undefined;
  if (commits.length <= SOME) {
    const found = await readNamed(
      repository,
      commits.flatMap((commit) => placesOf(commit, ref)),
    );
    const byCommit = new Map(
      commits.map((commit, index) => [
        commit,
        found.slice(index * PLACES.length, (index + 1) * PLACES.length).find((one) => one?.kind === 'blob')?.content,
      ]),
    );
    return (commit) => {
      const bytes = byCommit.get(commit);
      return bytes && readNote(bytes.toString('utf8'), commit);
    };
  }
  const wanted = new Set(commits);
  const blobOf = new Map([...(await noteIds(repository, ref))].filter(([commit]) => wanted.has(commit)));
  const blobs = await readBlobs(repository, blobOf.values());
  return (commit) => {
    const bytes = blobs.get(blobOf.get(commit) ?? '');
    return bytes && readNote(bytes.toString('utf8'), commit);
  };
}

/**
 * The id of each commit's note on `ref`. A note with different content has a different id. One git call. Throws a
 * GitError.
 */
export async function noteIds(repository: Repository, ref = NOTES_REF): Promise<ReadonlyMap<string, string>> {
  const list = await repository.git(['notes', `--ref=${ref}`, 'list'], { codes: [0, 1, 128] });
  const ids = new Map<string, string>();
  const listed = list.stdout.toString('latin1');
  for (let at = 0; at < listed.length;) {
    const end = listed.indexOf('\n', at);
    const [line, hunk] = [end < 0 ? listed.length : end, listed.indexOf(' ', at)];
    if (hunk > 0 && hunk < line) ids.set(listed.slice(hunk + 1, line), listed.slice(at, hunk));
    at = line + 1;
  }
  return ids;
}

/** A commit's note, and the notes commit that it was read from. */
interface SeenNote {
  /** Undefined: there are no notes yet. */
  readonly at: string | undefined;
  /** The notes commit that was last written here, if any. */
  readonly written: string | undefined;
  readonly note: Note | undefined;
}

/**
 * A commit's note with the state of all notes, in one git call, so that concurrent changes are noticed. Throws a
 * GitError.
 */
export async function seeNote(repository: Repository, commit: string): Promise<SeenNote> {
  const [tip, written, ...objects] = await readNamed(repository, [NOTES_REF, WRITTEN_REF, ...placesOf(commit)]);
  const blob = objects.find((one) => one?.kind === 'blob');
  if (tip && tip.kind !== 'commit') throw notNotes(tip.kind);
  return { at: tip?.id, written: written?.id, note: blob && readNote(blob.content.toString('utf8'), commit) };
}

/** The notes of many commits. */
interface SeenNotes extends Pick<SeenNote, 'at' | 'written'> {
  /** By commit id; those without one are left out. */
  readonly notes: ReadonlyMap<string, Note>;
}

/** The same as {@link seeNote} for many commits, in two git calls. Throws a GitError. */
export async function seeNotes(repository: Repository, commits: readonly string[]): Promise<SeenNotes> {
  const [tip, written] = await readNamed(repository, [NOTES_REF, WRITTEN_REF]);
  if (tip && tip.kind !== 'commit') throw notNotes(tip.kind);
  const ids = [...new Set(commits)];
  const notes = new Map<string, Note>();
  if (tip) {
    // By the commit's id: a name would be resolved for each of them.
    const found = await readNamed(
      repository,
      ids.flatMap((id) => placesIn(tip.id, id)),
    );
    for (const id of ids) {
      const blob = found.splice(0, PLACES.length).find((one) => one?.kind === 'blob');
      const note = blob && readNote(blob.content.toString('utf8'), id);
      if (note) notes.set(id, note);
    }
  }
  return { at: tip?.id, written: written?.id, notes };
}

const notNotes = (kind: string): GitError =>
  new GitError(
    'failed',
    `${NOTES_REF} is a ${kind} and not notes, so nothing can be read or written there. "git update-ref -d ${NOTES_REF}" takes it away.`,
  );

/** Why the notes ref can't be read as notes; undefined when it can, or when it does not exist. Throws a GitError. */
export async function whyNoNotes(repository: Repository): Promise<string | undefined> {
  const [tip] = await readNamed(repository, [NOTES_REF]);
  if (tip === undefined) return whyBroken(repository, NOTES_REF);
  if (tip.kind !== 'commit') return notNotes(tip.kind).message;
  const names = outputNames((await repository.git(['ls-tree', '--name-only', '-z', tip.id])).stdout);
  // git stores a note under the id of its commit, or under folders of two digits of it, and leaves other files alone.
  return names.length === 0 || names.some((name) => /^(?:[0-9a-f]{2}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(name))
    ? undefined
    : notNotes('commit of other files').message;
}

/**
 * This many attempts are made to write a note while others write notes too. What is not written now is written by the
 * next command.
 */
const TRIES = 20;
const PATIENCE_MS = 10_000;
const LOCKED = `The note could not be written: another git holds ${NOTES_REF}.lock, or was killed and left it. It is written when the lock is gone; one older than ten minutes is removed.`;

/**
 * Changes a commit's note. Others write notes too, including other tools in other work trees: it is written only if
 * nothing changed since it was read, and otherwise computed again from the current note.
 *
 * @param textOf Computes the new note from the current one; undefined leaves it as it is. Called again when others were
 *   faster.
 * @param seen The note as already read, to save reading it again.
 * @returns Whether it was written. Throws a GitError; then nothing was.
 */
export async function changeNote(
  repository: Repository,
  commit: Commit,
  textOf: (existing: Note | undefined) => string | undefined,
  seen?: SeenNote,
): Promise<boolean> {
  const first = seen ?? (await seeNote(repository, commit.id));
  if (textOf(first.note) === undefined) return false;
  await writeInTurn(repository, commit, 'The note', async () => {
    // Others may have written before it was our turn.
    const current = await seeNote(repository, commit.id);
    const text = textOf(current.note);
    return { now: current, wanted: new Map(text === undefined ? [] : [[commit.id, text]]) };
  });
  return true;
}

/**
 * Writes what is wanted of the notes as they are then, alone, and again where others wrote meanwhile. Nothing wanted is
 * done. Throws a GitError.
 */
async function writeInTurn(
  repository: Repository,
  by: Commit,
  subject: string,
  look: () => Promise<{
    readonly now: { readonly at: string | undefined; readonly written?: string | undefined };
    readonly wanted: ReadonlyMap<string, string>;
  }>,
): Promise<void> {
  await alone(repository, async () => {
    let failure = 'other tools write notes all the time';
    const until = Date.now() + PATIENCE_MS;
    for (let attempt = 1; attempt <= TRIES && (attempt === 1 || Date.now() < until); attempt++) {
      const { now, wanted } = await look();
      if (wanted.size === 0) return;
      if (
        now.at !== undefined &&
        now.written !== undefined &&
        now.at !== now.written &&
        (await restoreNotes(repository))
      )
        continue;
      const failed = await writeNotes(repository, by, wanted, now);
      if (failed === undefined) return;
      failure = failed;
      if (!removeStaleLock(repository)) throw new GitError('failed', LOCKED);
      await pause(attempt);
    }
    throw new GitError('failed', `${subject} could not be written: ${failure}`);
  });
}

/**
 * The same for many commits at once, in one notes commit with the time of `by`. Throws a GitError; then none was
 * written.
 *
 * @param texts Computes each commit's new note from the current one; undefined leaves it as it is.
 */
export async function changeNotes(
  repository: Repository,
  by: Commit,
  texts: ReadonlyMap<string, (existing: Note | undefined) => string | undefined>,
): Promise<void> {
  await writeInTurn(repository, by, 'The notes', async () => {
    const current = await seeNotes(repository, [...texts.keys()]);
    const wanted = [...texts].flatMap(([id, textOf]) => {
      const text = textOf(current.notes.get(id));
      return text === undefined ? [] : [[id, text] as const];
    });
    return { now: current, wanted: new Map(wanted) };
  });
}

/**
 * Restores notes that another tool overwrote; returns whether there were any.
 *
 * @param all Searches everything ever written; otherwise only what came after our own last notes commit.
 * @throws GitError
 */
export async function restoreNotes(repository: Repository, { all = false } = {}): Promise<boolean> {
  if ((await repository.commitId(NOTES_REF)) === undefined) return false; // somebody removed them all
  const { takeIn } = await import('./sync/push-and-fetch-notes');
  const isAside = (await takeIn(repository, WRITTEN_REF)).received > 0;
  return (await restoreOverwritten(repository, all)) || isAside;
}

async function restoreOverwritten(repository: Repository, all: boolean): Promise<boolean> {
  const [tip, written] = await readNamed(repository, [NOTES_REF, WRITTEN_REF]);
  if (tip?.kind !== 'commit' || (!all && (written === undefined || written.id === tip.id))) return false;
  const { overwrittenNotes } = await import('./overwritten-notes');
  const texts = await overwrittenNotes(repository, all ? undefined : written?.id, tip.id);
  if (texts.size === 0) return false;
  // If others are faster, whoever writes next finds them again.
  return (
    (await writeNotes(repository, parseCommit(repository, tip.id, tip.content), texts, { at: tip.id })) === undefined
  );
}

/** Longer with each attempt, and randomised between waiting processes. */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(100, 5 * 1.3 ** attempt) * (0.5 + Math.random())));

/** Merges what is known of a commit into its note. Throws a GitError. */
export async function mergeIntoNote(repository: Repository, commit: Commit, change: ChangeAttribution): Promise<void> {
  await changeNote(repository, commit, (existing) =>
    writeNote(commit.id, `${commit.author.name} <${commit.author.email}>`, change, existing),
  );
}

// Refs that git itself can neither read nor write, and passes over in silence.

/**
 * Why a ref that git does not resolve is not simply absent; undefined when it is. Looks at the loose file: git writes no
 * broken ref into its packed ones.
 */
function whyBroken({ commonDir }: Pick<Repository, 'commonDir'>, ref: string): string | undefined {
  const way = [ref];
  for (;;) {
    const [name = ref] = way.slice(-1);
    let text: string;
    try {
      text = readFileSync(path.join(commonDir, name), 'utf8').trim();
    } catch {
      return undefined; // absent, or a symbolic ref to one that is not there yet
    }
    const target = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
    if (target === undefined)
      return OBJECT_ID.test(text)
        ? `${ref} is at ${text.slice(0, 12)}, which is not in this repository, so nothing can be read there. A fetch from where it came from brings it; "git update-ref -d ${ref}" takes the ref away.`
        : `${name} is damaged (its file holds no commit), so nothing can be read or written there. Remove ${path.join(commonDir, name)}; "linekeeper notes fetch" brings what a remote has.`;
    if (target.split('/').includes('..')) return undefined;
    if (way.includes(target))
      return `${ref} is a symbolic ref that leads back to itself (${[...way, target].join(' → ')}), so nothing can be read or written there. "git symbolic-ref --delete ${ref}" takes it away.`;
    way.push(target);
  }
}
