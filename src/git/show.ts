/** The attribution of a commit that exists: git's diff with the authors that its note gives. */
import { addCounts, countLines, NO_COUNTS, sameAuthors } from '../attribution';
import type { ChangeAttribution, FileAttribution, LineRange } from '../attribution/types';
import { readCommits, type Commit } from './commit';
import { hasLines, isSpecial, type DiffFile } from './diff';
import { askNote, type Note, type NoteAnswer } from './note';
import { commitsWithNotes, FEW, notesOf } from './notes';
import { ownChanges } from './own';
import type { Repository } from './repository';
import { readTrailers } from './trailers';

export interface CommitAttribution extends ChangeAttribution {
  readonly commit: Commit;
  /** Where the authors come from. */
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  readonly assistants: readonly string[];
  /** Our own trailers in the commit's message, by key. */
  readonly trailers: Readonly<Record<string, readonly string[]>>;
}

/** The attribution of commits by id. Missing commits are left out. Throws a GitError. */
export async function showCommits(repository: Repository, ids: readonly string[]): Promise<Map<string, CommitAttribution>> {
  const { commits, notes } = ids.length <= FEW ? await commitsWithNotes(repository, ids) : { commits: await readCommits(repository, ids), notes: await notesOf(repository, ids) };
  const result = new Map<string, CommitAttribution>();
  for (const commit of commits.values()) result.set(commit.id, await showCommit(repository, commit, notes.get(commit.id)));
  return result;
}

const OUR_KEYS = ['Assisted-by', 'AI-Lines', 'AI-Risk', 'AI-Session'];

async function showCommit(repository: Repository, commit: Commit, note: Note | undefined): Promise<CommitAttribution> {
  const files = await ownChanges(repository, commit.parents, commit.id);
  const answer = note && askNote(note);
  const attributed = files.map((file) => noted(file, answer));
  const all = readTrailers(commit.message);
  const trailers: Record<string, string[]> = {};
  for (const key of OUR_KEYS) {
    const values = all.filter((trailer) => trailer.key.toLowerCase() === key.toLowerCase()).map((trailer) => trailer.value);
    if (values.length > 0) trailers[key] = values;
  }
  const claimed = (trailers['Assisted-by'] ?? []).map((value) => (value.split(':')[0] ?? '').split(' ')[0] ?? '');
  const ranges = attributed.flatMap((file) => [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])]);
  const assistants = new Set([...ranges.flatMap((range) => (range.author === 'ai' && range.assistant !== null ? [range.assistant] : [])), ...(trailers['AI-Lines'] ? claimed : [])]);
  return {
    commit,
    files: attributed,
    added: attributed.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: attributed.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
    provenance: note ? 'note' : trailers['AI-Lines'] ? 'trailers' : 'none',
    assistants: [...assistants].filter((name) => name !== '').sort(),
    trailers,
  };
}

const UNKNOWN: Omit<LineRange, 'start' | 'end'> = { author: 'unknown', edited: false, assistant: null, model: null, session: null, evidence: null };

function noted(file: DiffFile, answer: NoteAnswer | undefined): FileAttribution {
  const lines = (start: number, end: number, ask: (line: number) => Omit<LineRange, 'start' | 'end'> | undefined): LineRange[] => {
    const ranges: LineRange[] = [];
    for (let line = start + 1; line <= end; line++) {
      const by = ask(line) ?? UNKNOWN;
      const last = ranges.at(-1);
      if (last?.end === line - 1 && sameAuthors(last, by)) ranges[ranges.length - 1] = { ...last, end: line };
      else ranges.push({ start: line, end: line, ...by });
    }
    return ranges;
  };
  const joined = (ranges: LineRange[]): LineRange[] => {
    const result: LineRange[] = [];
    for (const range of ranges) {
      const last = result.at(-1);
      if (last?.end === range.start - 1 && sameAuthors(last, range)) result[result.length - 1] = { ...last, end: range.end };
      else result.push(range);
    }
    return result;
  };
  const withoutLines = !hasLines(file) || isSpecial(file) || file.hunks.length === 0;
  return {
    path: file.path,
    from: file.from,
    status: file.status,
    binary: file.binary,
    ranges: joined(file.hunks.flatMap((h) => lines(h.newStart, h.newEnd, (line) => answer?.added(file.path, line)))),
    removed: joined(file.hunks.flatMap((h) => lines(h.oldStart, h.oldEnd, (line) => answer?.removed(file.path, line)))),
    change: withoutLines ? (answer?.change(file.path) ?? UNKNOWN) : null,
  };
}
