/** The attribution of a commit that exists: git's diff with the authors that its note gives. */
import { addCounts, countLines, NO_COUNTS, sameAuthors } from '../attribution';
import type { ChangeAttribution, FileAttribution, LineRange } from '../attribution/types';
import { readCommits, type Commit } from './commit';
import { hasLines, isSpecial, type DiffFile } from './diff';
import { askNote, type Note, type NoteAnswer } from './note';
import { commitsWithNotes, FEW, notesOf } from './notes';
import { changesOfCommits } from './changes-of';
import { ownChanges } from './own';
import type { Repository } from './repository';
import { overruledIn, type Overruled } from './session-remarks';
import { readTrailers } from './trailers';

export interface CommitAttribution extends ChangeAttribution {
  readonly commit: Commit;
  /** Where the authors come from. */
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  readonly assistants: readonly string[];
  /** What its note tells of agents that did what the policy keeps from them. */
  readonly overruled: readonly Overruled[];
  /** Our own trailers in the commit's message, by key. */
  readonly trailers: Readonly<Record<string, readonly string[]>>;
}

/** The attribution of commits by id. Missing commits are left out. Throws a GitError. */
export async function showCommits(repository: Repository, ids: readonly string[]): Promise<Map<string, CommitAttribution>> {
  const result = new Map<string, CommitAttribution>();
  if (ids.length > FEW) {
    const [commits, notes] = await Promise.all([readCommits(repository, ids), notesOf(repository, ids)]);
    for await (const { commit, own } of changesOfCommits(repository, [...commits.values()])) result.set(commit.id, attributed(commit, own, notes.get(commit.id)));
    return result;
  }
  const { commits, notes } = await commitsWithNotes(repository, ids);
  for (const commit of commits.values()) result.set(commit.id, attributed(commit, await ownChanges(repository, commit.parents, commit.id), notes.get(commit.id)));
  return result;
}

const OUR_KEYS = ['Assisted-by', 'AI-Lines', 'AI-Risk', 'AI-Session'];

/** The attribution of a commit by its note. `files`: what it changed itself. */
export function attributed(commit: Commit, files: readonly DiffFile[], note: Note | undefined): CommitAttribution {
  const answer = note && askNote(note);
  const known = files.map((file) => noted(file, answer));
  const trailers = ownTrailers(commit.message);
  const claimed = (trailers['Assisted-by'] ?? []).map((value) => (value.split(':')[0] ?? '').split(' ')[0] ?? '');
  const assistants = new Set(trailers['AI-Lines'] ? claimed : []);
  for (const { ranges, removed, change } of known) {
    for (const range of [...ranges, ...removed, ...(change ? [change] : [])]) if (range.author === 'ai' && range.assistant !== null) assistants.add(range.assistant);
  }
  return {
    commit,
    files: known,
    added: known.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: known.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
    provenance: note ? 'note' : trailers['AI-Lines'] ? 'trailers' : 'none',
    assistants: [...assistants].filter((name) => name !== '').sort(),
    overruled: overruledIn(note),
    trailers,
  };
}

function ownTrailers(message: string): Record<string, string[]> {
  const trailers: Record<string, string[]> = {};
  if (!/^(?:assisted-by|ai-)/im.test(message)) return trailers;
  const all = readTrailers(message);
  for (const key of OUR_KEYS) {
    const values = all.filter((trailer) => trailer.key.toLowerCase() === key.toLowerCase()).map((trailer) => trailer.value);
    if (values.length > 0) trailers[key] = values;
  }
  return trailers;
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
