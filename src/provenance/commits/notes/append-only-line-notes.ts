/**
 * Append-only notes, one entry per line, on a ref of their own: sign-offs, debts, deployments, runs and kept prompts. Merging
 * two histories of such a ref gives the lines of both, each once (git-notes(1), `cat_sort_uniq`).
 */
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputLines, readBlobs, type Repository, GitError } from '../../../git';
import { rememberRefs } from './lost-notes-refs';
import { FETCHED, seenAt, wordOf } from './refs-of-line-notes';
import { importNotes } from './write-notes';
import { attempt } from '../../../base/platform';

export interface LineNote {
  /** Full id of the commit that the line is about. */
  readonly commit: string;
  readonly text: string;
}

/** Notes larger than this (bytes) are not read: none of ours is. */
const NOTE_AT_MOST = 4 * 1024 * 1024;
const TRIES = 20;

/** Whether there are such notes here, or a fetch brought some, without running git; true when unknown. */
export function mayHaveNotes({ commonDir }: Pick<Repository, 'commonDir'>, ref: string): boolean {
  if (existsSync(path.join(commonDir, ref)) || existsSync(path.join(commonDir, 'reftable'))) return true;
  if (foldersIn(path.join(commonDir, FETCHED)).some((remote) => existsSync(path.join(commonDir, seenAt(remote, ref)))))
    return true;
  try {
    const packed = readFileSync(path.join(commonDir, 'packed-refs'), 'latin1');
    return packed.includes(` ${ref}\n`) || packed.includes(`/${wordOf(ref)}\n`);
  } catch {
    return false; // nothing is packed yet
  }
}

function foldersIn(folder: string): readonly string[] {
  return attempt(() => readdirSync(folder), []); // nothing was ever fetched
}

/**
 * All lines of a ref, those of a commit in their order, including lines fetched from remotes and not merged yet: so a
 * plain `git fetch` is enough to know a sign-off. Notes of more than `atMost` bytes count as empty. Throws a GitError.
 */
export async function readLineNotes(
  repository: Repository,
  ref: string,
  atMost = NOTE_AT_MOST,
): Promise<readonly LineNote[]> {
  if (!mayHaveNotes(repository, ref)) return [];
  const format = '--format=%(objecttype) %(objectname) %(refname)';
  const listed = await repository.text(['for-each-ref', format, ref, seenAt('*', ref)]);
  const named = listed.split('\n').flatMap((line) => {
    const [, tip, name] = /^commit ([0-9a-f]+) (.+)$/.exec(line) ?? [];
    return tip === undefined || name === undefined ? [] : [[name, tip] as const];
  });
  await rememberRefs(repository, named);
  const tips = new Set(named.map(([, tip]) => tip));
  const [first, ...others] = await Promise.all([...tips].map((tip) => lineNotesAt(repository, tip, atMost)));
  if (first === undefined || others.length === 0) return first ?? [];
  const all = [first, ...others].flat().map((line) => [`${line.commit} ${line.text}`, line] as const);
  return [...new Map(all).values()];
}

/** How many answers of `lineNotesAt` are remembered for a repository. */
const REMEMBERED = 8;
const remembered = new WeakMap<Repository, Map<string, Promise<readonly LineNote[]>>>();

/** The same for a given notes commit, which never changes: some verbs ask once for each commit of a range. */
export function lineNotesAt(repository: Repository, tip: string, atMost = NOTE_AT_MOST): Promise<readonly LineNote[]> {
  const answers = remembered.get(repository) ?? new Map<string, Promise<readonly LineNote[]>>();
  remembered.set(repository, answers);
  const key = `${tip} ${String(atMost)}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = readLineNotesAt(repository, tip, atMost);
  const oldest = answers.keys().next();
  if (answers.size >= REMEMBERED && oldest.done !== true) answers.delete(oldest.value);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

async function readLineNotesAt(repository: Repository, tip: string, atMost: number): Promise<readonly LineNote[]> {
  const listed = (await repository.git(['ls-tree', '-r', '-z', '--full-tree', tip])).stdout
    .toString('utf8')
    .split('\0');
  const notes = listed.flatMap((entry) => {
    const [, blob, name] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/.exec(entry) ?? [];
    const commit = name?.replaceAll('/', '') ?? '';
    return blob !== undefined && OBJECT_ID.test(commit) ? [{ commit, blob }] : [];
  });
  const blobs = await readBlobs(
    repository,
    notes.map(({ blob }) => blob),
  );
  return notes.flatMap(({ commit, blob }) => {
    const bytes = blobs.get(blob);
    return bytes === undefined || bytes.length > atMost
      ? []
      : bytes
          .toString('utf8')
          .split('\n')
          .filter((text) => text.trim() !== '')
          .map((text) => ({ commit, text }));
  });
}

/** A bound for the lines of a commit: beyond `atMost` only those that it `spares` are added. */
interface LineLimit {
  readonly atMost: number;
  readonly spares: (text: string) => boolean;
}

/**
 * Adds lines, by compare and swap: concurrent processes lose no lines. Lines that exist already are skipped. Returns
 * how many are new. Throws a GitError.
 */
export async function addLineNotes(
  repository: Repository,
  ref: string,
  lines: readonly LineNote[],
  now: number,
  limit?: LineLimit,
): Promise<number> {
  let failure = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const tip = await repository.commitId(ref);
    const known = new Map<string, string[]>();
    for (const { commit, text } of tip === undefined ? [] : await lineNotesAt(repository, tip, Infinity))
      known.set(commit, [...(known.get(commit) ?? []), text]);
    const unknown = lines.filter(({ commit, text }) => !(known.get(commit) ?? []).includes(text));
    const fresh = limit === undefined ? unknown : within(limit, known, unknown);
    if (fresh.length === 0) return 0;
    const texts = new Map<string, string>();
    for (const commit of new Set(fresh.map((line) => line.commit))) {
      const all = new Set([
        ...(known.get(commit) ?? []),
        ...fresh.filter((line) => line.commit === commit).map(({ text }) => text),
      ]);
      texts.set(commit, `${[...all].sort().join('\n')}\n`);
    }
    const answer = await importNotes(repository, {
      ref,
      committer: `Linekeeper <linekeeper@localhost> ${String(Math.max(0, Math.floor(now / 1000)))} +0000`,
      notes: texts,
      on: tip,
    });
    if (answer === undefined) {
      const written = await repository.commitId(ref);
      if (written !== undefined) await rememberRefs(repository, [[ref, written]]);
      return fresh.length;
    }
    failure = answer;
    await pause(attempt);
  }
  throw new GitError('failed', `${ref} could not be written: ${failure}. Try again.`);
}

function within(
  { atMost, spares }: LineLimit,
  known: ReadonlyMap<string, readonly string[]>,
  lines: readonly LineNote[],
): readonly LineNote[] {
  const counts = new Map<string, number>();
  return lines.filter(({ commit, text }) => {
    const count = counts.get(commit) ?? (known.get(commit) ?? []).length;
    const fits = spares(text) || count < atMost;
    counts.set(commit, fits ? count + 1 : count);
    return fits;
  });
}

/** Deletes a ref of such notes, with what was fetched of it. Returns whether it existed. Throws a GitError. */
export async function removeLineNotes(repository: Repository, ref: string): Promise<boolean> {
  const names = outputLines(await repository.text(['for-each-ref', '--format=%(refname)', ref, seenAt('*', ref)]));
  for (const name of names) await repository.git(['update-ref', '-d', name]);
  return names.includes(ref);
}

/** Longer with each attempt, and randomised between waiting processes. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(200, 5 * 1.4 ** attempt) * (0.5 + Math.random())));
