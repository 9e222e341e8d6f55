/** How HEAD got to where it is: which of its moves made a commit, and moves that are missing in its log. */
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputLines, readCommit, readCommits, headNow, type Repository } from '../../../git';

/** Work that was stashed. */
export interface Stash {
  readonly id: string;
  /** The commit at HEAD. */
  readonly base: string;
  /** Seconds since the epoch. */
  readonly time: number;
}

/** One line of HEAD's reflog. */
export interface ReflogEntry {
  readonly before: string;
  readonly after: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly what: string;
  /** Position of its line in the log (bytes); missing for a move that is not in the log. */
  readonly line?: { readonly start: number; readonly end: number };
}

/** The starting point for HEAD's moves. */
export interface Since {
  /** The text of the last settling's marker; empty when there was none. */
  readonly settled: string;
  /** Log length of the oldest record, if there is one: what was committed before it does not concern the record. */
  readonly log: number | undefined;
  /** Seconds since the epoch. */
  readonly time: number;
}

/** What HEAD did since then. */
export interface HeadMoves {
  /** Oldest first. Without a log: the commit at HEAD. */
  readonly steps: readonly ReflogEntry[];
  /** The log is not the same one as before, but a backup's, for example: recorded lengths do not apply to it. */
  readonly replaced: boolean;
}

/** The moves in HEAD's log since it was last read. Throws a GitError. */
export async function entriesSince(repository: Repository, { settled, log, time }: Since): Promise<HeadMoves> {
  const moves = (steps: readonly ReflogEntry[], replaced = false): HeadMoves => ({ steps, replaced });
  const file = path.join(repository.gitDir, 'logs', 'HEAD');
  if (!existsSync(file)) {
    const head = await headNow(repository);
    const commit = head === null ? undefined : await readCommit(repository, head);
    const isNew =
      commit !== undefined && (settled === '' ? commit.committer.time >= time : !settled.includes(commit.id));
    return moves(
      isNew ? [{ before: commit.parents[0] ?? '', after: commit.id, time: commit.committer.time, what: 'commit' }] : [],
    );
  }
  const all = readLog(file);
  const size = Number(/^-?\d+/.exec(settled)?.[0] ?? Number.NaN);
  if (Number.isNaN(size))
    return moves(all.filter((step) => step.time >= time || (log !== undefined && (step.line?.start ?? 0) >= log)));
  const next = all.findIndex((step) => (step.line?.start ?? 0) >= size);
  const head = headIn(settled);
  // git expires log entries now and then, and a backup may have another log: HEAD must be where the last settling left
  // it.
  const isSame = size <= 0 || head === undefined || (next < 0 ? all.at(-1) : all[next - 1])?.after === head;
  const from = isSame ? next : all.findLastIndex((step) => step.after === head) + 1;
  if (isSame || from > 0) return moves(from < 0 ? [] : all.slice(from), !isSame);
  return moves(
    all.filter((step) => step.time >= time),
    true,
  );
}

const readLog = (file: string): ReflogEntry[] => parseLog(readFileSync(file), 0);

/** The moves in a part of HEAD's log that begins at byte `at`. A line that is cut off at the beginning is left out. */
export function parseLog(content: Buffer, at: number): ReflogEntry[] {
  const steps: ReflogEntry[] = [];
  let start = at;
  for (const line of content.toString('latin1').split('\n')) {
    const end = start + line.length + 1;
    const [, before, after, time, action = ''] =
      /^([0-9a-f]{40,}) ([0-9a-f]{40,}) .*? (\d+) [+-]\d{4}(?:\t(.*))?$/.exec(line) ?? [];
    if (before !== undefined && after !== undefined)
      steps.push({
        before: /^0+$/.test(before) && !isGits(action) ? (steps.at(-1)?.after ?? before) : before, // some say nothing of it
        after,
        time: Number(time),
        what: Buffer.from(action, 'latin1').toString('utf8'),
        line: { start, end },
      });
    start = end;
  }
  return steps;
}

/** The commit that a marker gives for HEAD. */
const headIn = (settled: string): string | undefined => settled.split(' ').findLast((word) => OBJECT_ID.test(word));

/**
 * git's own words for actions that create a commit, as opposed to only moving to one. Other programs write what they
 * like.
 */
const MADE_BY = /^(?:commit|cherry-pick|revert|am|rebase|pull|merge)\b/;
const MOVED_BY =
  /^(?:(?:checkout|switch|reset|clone|branch|bisect|filter-branch|filter-repo|fetch|stash|worktree)\b|(?:rebase|pull)\b[^:]* \((?:start|finish|abort)\))/i;

/** The words of a move that is missing in the log and leads elsewhere: as after `reset --soft`, files stay as they are. */
const UNLOGGED = 'reset (unlogged)';

/** Whether another program than git moved HEAD, as those do that make commits by plumbing: StGit, git-revise, jj. */
export const isByOthers = ({ what, line }: ReflogEntry): boolean => line === undefined || !isGits(what);

/** Whether git made a whole branch again of other content: only its last commit is in the log. */
export const isFiltered = ({ what }: ReflogEntry): boolean => /^filter-branch\b/.test(what);

const isGits = (what: string): boolean => MADE_BY.test(what) || MOVED_BY.test(what) || /fast-forward/i.test(what);

/**
 * Whether a step created its commit. For words that are not git's: when HEAD advanced by exactly one commit. Throws a
 * GitError.
 */
export async function madeCommit(
  repository: Repository,
  { before, after, what: action }: ReflogEntry,
): Promise<boolean> {
  if (/fast-forward/i.test(action) || MOVED_BY.test(action)) return false;
  if (MADE_BY.test(action)) return true;
  const commit = await readCommit(repository, after);
  return commit !== undefined && (commit.parents[0] ?? '0'.repeat(after.length)) === before;
}

/** Up to this many unlogged commits are examined. */
const UNTOLD_AT_MOST = 200;

/**
 * The commits that HEAD advanced by since the last settling, or since its log ends: some programs move a branch without
 * writing a log. Where it does not continue from there, the move as a whole. `settled` is the marker's text. Throws a
 * GitError.
 */
export async function unloggedMoves(
  repository: Repository,
  settled: string,
  steps: readonly ReflogEntry[],
): Promise<ReflogEntry[]> {
  const from = steps.at(-1)?.after ?? headIn(settled);
  const head = await headNow(repository);
  if (from === undefined || head === null || head === from) return [];
  const list = await repository.git(
    ['rev-list', '--reverse', '--first-parent', `--max-count=${String(UNTOLD_AT_MOST)}`, `${from}..${head}`],
    { codes: [0, 128] },
  );
  const ids = outputLines(list.stdout);
  const commits = await readCommits(repository, ids);
  // A branch that points elsewhere was moved, not built on.
  if (commits.get(ids[0] ?? '')?.parents[0] !== from) {
    const time = commits.get(head)?.committer.time;
    return time === undefined ? [] : [{ before: from, after: head, time, what: UNLOGGED }];
  }
  return ids.flatMap((id) => {
    const commit = commits.get(id);
    return commit ? [{ before: commit.parents[0] ?? '', after: id, time: commit.committer.time, what: 'commit' }] : [];
  });
}
