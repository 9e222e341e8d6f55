/** Sign-offs and debts as git stores them: notes that are lists of lines, one statement each, on refs of their own. */
import { addLineNotes, readLineNotes } from '../../../provenance/commits';
import { type Repository } from '../../../git';

/** Longer notes are not ours (bytes), and neither are longer lists (lines). */
const NOTE_AT_MOST = 1_000_000;
const LINES_AT_MOST = 500;

/** The lines of each note, by the commit that it is on. Notes are from outside. Throws a GitError. */
export async function readLines(repository: Repository, ref: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const notes = new Map<string, string[]>();
  for (const { commit, text } of await readLineNotes(repository, ref, NOTE_AT_MOST)) {
    const lines = notes.get(commit) ?? [];
    if (lines.length < LINES_AT_MOST) lines.push(text);
    notes.set(commit, lines);
  }
  return notes;
}

/** Adds a line to a commit's note. Throws a GitError. */
export async function addLine(
  repository: Repository,
  ref: string,
  commit: string,
  line: string,
  now = Date.now(),
): Promise<void> {
  await addLineNotes(repository, ref, [{ commit, text: line }], now);
}
