/**
 * Notes that are lists of lines, one statement each, on refs of their own. Two clones' lists are merged line by line, so nobody's
 * statement is lost (git-notes(1), `cat_sort_uniq`).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GitError, readBlobs, type Repository } from '../git';

export const SIGN_OFFS_REF = 'refs/notes/linekeeper-signoffs';
export const DEBTS_REF = 'refs/notes/linekeeper-debts';

/** Longer notes are none of ours (bytes), and so are longer lists (lines). */
const NOTE_AT_MOST = 1_000_000;
const LINES_AT_MOST = 500;

/** Whether there are such notes here, without asking git; true where it can't be told. */
export function mayHave({ commonDir }: Pick<Repository, 'commonDir'>, ref: string): boolean {
  if (existsSync(path.join(commonDir, ref)) || existsSync(path.join(commonDir, 'reftable'))) return true;
  try {
    return readFileSync(path.join(commonDir, 'packed-refs'), 'latin1').includes(` ${ref}\n`);
  } catch {
    return false; // nothing is packed yet
  }
}

/** The lines of each note, by the commit that it is on. Notes are from outside. Throws a GitError. */
export async function readLines(repository: Repository, ref: string): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!mayHave(repository, ref)) return new Map();
  const tip = await repository.commitId(ref);
  if (tip === undefined) return new Map();
  const listed = (await repository.git(['ls-tree', '-r', '-z', '--full-tree', tip])).stdout.toString('utf8').split('\0');
  const notes = listed.flatMap((entry): readonly (readonly [string, string])[] => {
    const [, blob, name] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/.exec(entry) ?? [];
    const commit = name?.replaceAll('/', '') ?? '';
    return blob !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? [[commit, blob]] : [];
  });
  const blobs = await readBlobs(repository, notes.map(([, blob]) => blob));
  return new Map(notes.map(([commit, blob]) => {
    const bytes = blobs.get(blob);
    return [commit, bytes === undefined || bytes.length > NOTE_AT_MOST ? [] : bytes.toString('utf8').split('\n').filter((line) => line !== '').slice(0, LINES_AT_MOST)];
  }));
}

/** So often it is tried while others write too. */
const TRIES = 10;

/** Adds a line to a commit's note. Throws a GitError. */
export async function addLine(repository: Repository, ref: string, commit: string, line: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const added = await repository.git(['notes', `--ref=${ref}`, 'append', '--file=-', commit], { input: `${line}\n`, codes: [0, 1, 128], env: identity() });
    if (added.code === 0) return;
    if (attempt >= TRIES) throw new GitError('failed', `The note could not be written to ${ref}: ${added.stderr.trim().split('\n').at(-1) ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 20 * attempt * (0.5 + Math.random())));
  }
}

/** Who writes notes where git knows nobody, as in CI. Who signed is in the signature. */
export const identity = (): Readonly<Record<string, string>> => ({
  GIT_AUTHOR_NAME: process.env['GIT_AUTHOR_NAME'] ?? 'Linekeeper',
  GIT_AUTHOR_EMAIL: process.env['GIT_AUTHOR_EMAIL'] ?? 'linekeeper@localhost',
  GIT_COMMITTER_NAME: process.env['GIT_COMMITTER_NAME'] ?? 'Linekeeper',
  GIT_COMMITTER_EMAIL: process.env['GIT_COMMITTER_EMAIL'] ?? 'linekeeper@localhost',
});
