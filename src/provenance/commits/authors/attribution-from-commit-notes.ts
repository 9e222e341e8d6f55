/** The attribution of a commit that exists: git's diff with the authors that its note gives. */
import { addCounts, countLines, joinRanges, NO_COUNTS, rangeBy, UNKNOWN_AUTHOR } from '../../authorship';
import type { ChangeAttribution, FileAttribution, LineRange } from '../../authorship/types';
import {
  readCommits,
  type Commit,
  hasLines,
  isSpecial,
  type DiffFile,
  changesOfCommits,
  type Repository,
} from '../../../git';
import { trace } from '../../../base/debug-trace';
import { attributionOfNote, type Note, type NoteAnswer } from '../notes/format';
import { commitsWithNotes, FEW, noteReader } from '../notes';
import { overridesIn, type PolicyOverride } from '../notes/policy-overrides-in-notes';
import { readTrailers } from '../message/trailers';

export interface CommitAttribution extends ChangeAttribution {
  readonly commit: Commit;
  /** Where the authors come from. */
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  readonly assistants: readonly string[];
  /** What its note says of agents that did what the policy forbids them. */
  readonly overruled: readonly PolicyOverride[];
  /** Our own trailers in the commit's message, by key. */
  readonly trailers: Readonly<Record<string, readonly string[]>>;
}

/**
 * The attribution of commits by id. Missing commits are left out. `found`: called with what each one changed. Throws a
 * GitError.
 */
export async function showCommits(
  repository: Repository,
  ids: readonly string[],
  found: (id: string, own: readonly DiffFile[]) => void = () => undefined,
): Promise<Map<string, CommitAttribution>> {
  const result = new Map<string, CommitAttribution>();
  if (ids.length > FEW) {
    const [commits, noteOf] = await Promise.all([readCommits(repository, ids), noteReader(repository, ids)]);
    for await (const { commit, own: changes } of changesOfCommits(repository, [...commits.values()])) {
      result.set(commit.id, attributed(commit, changes, noteOf(commit.id)));
      found(commit.id, changes);
    }
    return result;
  }
  const { commits, notes } = await commitsWithNotes(repository, ids);
  for await (const { commit, own: changes } of changesOfCommits(repository, [...commits.values()])) {
    result.set(commit.id, attributed(commit, changes, notes.get(commit.id)));
    found(commit.id, changes);
  }
  return result;
}

const OUR_KEYS = ['Assisted-by', 'AI-Lines', 'AI-Risk', 'AI-Session'];

/** The attribution of a commit from its note. `files`: its own changes. */
export function attributed(commit: Commit, files: readonly DiffFile[], note: Note | undefined): CommitAttribution {
  const answer = note && attributionOfNote(note);
  const known = files.map((file) => noted(file, answer));
  const trailers = ownTrailers(commit.message);
  const claimed = (trailers['Assisted-by'] ?? []).map((value) => (value.split(':')[0] ?? '').split(' ')[0] ?? '');
  const assistants = new Set(trailers['AI-Lines'] ? claimed : []);
  for (const { ranges, removed, change } of known) {
    for (const range of [...ranges, ...removed, ...(change ? [change] : [])])
      if (range.author === 'ai' && range.assistant !== null) assistants.add(range.assistant);
  }
  const provenance = note ? 'note' : trailers['AI-Lines'] ? 'trailers' : 'none';
  trace(
    'note',
    () => `${commit.id.slice(0, 10)}: authors from ${provenance === 'none' ? 'nowhere' : `its ${provenance}`}`,
  );
  return {
    commit,
    files: known,
    added: known.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: known.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
    provenance,
    assistants: [...assistants].filter((name) => name !== '').sort(),
    overruled: overridesIn(note),
    trailers,
  };
}

function ownTrailers(message: string): Record<string, string[]> {
  const trailers: Record<string, string[]> = {};
  if (!/^(?:assisted-by|ai-)/im.test(message)) return trailers;
  const all = readTrailers(message);
  for (const key of OUR_KEYS) {
    const values = all
      .filter((trailer) => trailer.key.toLowerCase() === key.toLowerCase())
      .map((trailer) => trailer.value);
    if (values.length > 0) trailers[key] = values;
  }
  return trailers;
}

function noted(file: DiffFile, answer: NoteAnswer | undefined): FileAttribution {
  const withoutLines = !hasLines(file) || isSpecial(file) || file.hunks.length === 0;
  return {
    path: file.path,
    from: file.from,
    status: file.status,
    binary: file.binary,
    ranges: notedLines(file, answer, 'added'),
    removed: notedLines(file, answer, 'removed'),
    change: withoutLines ? (answer?.change(file.path) ?? UNKNOWN_AUTHOR) : null,
  };
}

/** The lines of one side of a change with their authors, as maximal ranges. */
function notedLines(
  { path, hunks }: DiffFile,
  answer: NoteAnswer | undefined,
  side: 'added' | 'removed',
): readonly LineRange[] {
  return joinRanges(
    hunks.flatMap((hunk) => {
      const [start, end] = side === 'added' ? [hunk.newStart + 1, hunk.newEnd] : [hunk.oldStart + 1, hunk.oldEnd];
      if (start > end) return [];
      return answer === undefined
        ? [rangeBy(start, end, UNKNOWN_AUTHOR)]
        : answer.runs(side, path, start, end).map((run) => rangeBy(run.start, run.end, run.by ?? UNKNOWN_AUTHOR));
    }),
  );
}
