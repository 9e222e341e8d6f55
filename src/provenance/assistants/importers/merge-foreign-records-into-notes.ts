/** Merges other tools' records into our notes: only unknown lines change, and only to AI. */
import { addCounts, countLines, NO_COUNTS } from '../../authorship';
import type { ChangeAttribution, FileAttribution, LineRange } from '../../authorship/types';
import { mergeIntoNote, showCommits, type CommitAttribution } from '../../commits';
import { type Repository } from '../../../git';
import type { ForeignCommits, ForeignLines } from './types';

interface Applied {
  /** Commits whose notes gained information, and how many formerly unknown lines are now AI's. */
  readonly commits: readonly { readonly commit: string; readonly lines: number }[];
  /** Reported commits that are missing in this repository. */
  readonly absent: number;
}

/** Writes the notes. Doing it twice changes nothing. Throws a GitError. */
export async function applyForeign(repository: Repository, claimed: ForeignCommits): Promise<Applied> {
  const shown = await showCommits(repository, [...claimed.keys()]);
  const commits: { commit: string; lines: number }[] = [];
  for (const [id, lines] of claimed) {
    const commit = shown.get(id);
    if (!commit) continue;
    const change = withForeign(commit, lines);
    const gained = change.added.ai + change.removed.ai - commit.added.ai - commit.removed.ai;
    if (gained <= 0) continue;
    await mergeIntoNote(repository, commit.commit, change);
    commits.push({ commit: id, lines: gained });
  }
  return { commits, absent: claimed.size - shown.size };
}

function withForeign(shown: CommitAttribution, claims: readonly ForeignLines[]): ChangeAttribution {
  const files = shown.files.map((file): FileAttribution => {
    const mine = claims.filter(({ path }) => path === file.path || path === file.from);
    if (mine.length === 0) return file;
    const whole = mine.find(({ lines }) => lines === 'all');
    const ranges = file.ranges.flatMap((range) => (range.author === 'unknown' ? split(range, mine) : [range]));
    return {
      ...file,
      ranges,
      removed: whole
        ? file.removed.map((range) => (range.author === 'unknown' ? { ...range, ...handOf(whole) } : range))
        : file.removed,
    };
  });
  const sum = (side: 'ranges' | 'removed'): ChangeAttribution['added'] =>
    files.reduce((counts, file) => addCounts(counts, countLines(file[side])), NO_COUNTS);
  return { files, added: sum('ranges'), removed: sum('removed') };
}

/** Splits an unknown range: each line goes to the last claim that includes it. */
function split(range: LineRange, claims: readonly ForeignLines[]): LineRange[] {
  const parts: LineRange[] = [];
  for (let line = range.start; line <= range.end; line++) {
    const by = claims.findLast(
      ({ lines }) => lines === 'all' || lines.some(([from, to]) => from <= line && line <= to),
    );
    const next = { ...range, ...(by ? handOf(by) : {}), start: line, end: line };
    const last = parts.at(-1);
    if (last && JSON.stringify({ ...last, start: 0, end: 0 }) === JSON.stringify({ ...next, start: 0, end: 0 }))
      parts[parts.length - 1] = { ...last, end: line };
    else parts.push(next);
  }
  return parts;
}

const handOf = ({ assistant, model, session, edited, evidence }: ForeignLines): Omit<LineRange, 'start' | 'end'> => ({
  author: 'ai',
  assistant,
  model,
  session,
  edited,
  evidence,
});
