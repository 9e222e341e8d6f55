/** How HEAD came to where it is: which of its moves made a commit, and the moves that its log does not tell of. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCommit, readCommits } from '../plumbing/commit';
import { headNow } from '../plumbing/head';
import type { Repository } from '../plumbing/repository';

/** One line of the reflog of HEAD. */
export interface ReflogEntry {
  readonly before: string;
  readonly after: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly what: string;
  /** Where its line is in the log (bytes); missing for a move that the log does not tell of. */
  readonly line?: { readonly start: number; readonly end: number };
}

/** Since when HEAD's moves are wanted. */
export interface Since {
  /** What the marker of the last settling says; empty when there was none. */
  readonly settled: string;
  /** The oldest record, if there is one: what was committed before it is none of its business. */
  readonly log: number | undefined;
  /** Seconds since the epoch. */
  readonly time: number;
}

/** What HEAD did since. */
export interface HeadMoves {
  /** Oldest first. Without a log the commit that HEAD is at. */
  readonly steps: readonly ReflogEntry[];
  /** The log is another one than it was, such as a backup's: what is said of its length does not hold for it. */
  readonly replaced: boolean;
}

/** The moves that HEAD's log tells of since it was looked at last. Throws a GitError. */
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
  // git shortens the log now and then, and a backup may have another one: HEAD was where the settling left it.
  const isSame = size <= 0 || head === undefined || (next < 0 ? all.at(-1) : all[next - 1])?.after === head;
  const from = isSame ? next : all.findLastIndex((step) => step.after === head) + 1;
  if (isSame || from > 0) return moves(from < 0 ? [] : all.slice(from), !isSame);
  return moves(
    all.filter((step) => step.time >= time),
    true,
  );
}

const readLog = (file: string): ReflogEntry[] => parseLog(readFileSync(file), 0);

/**
 * The moves in a part of HEAD's log that begins `at` so many bytes. A line that is cut off at the beginning is left
 * out.
 */
export function parseLog(content: Buffer, at: number): ReflogEntry[] {
  const steps: ReflogEntry[] = [];
  let start = at;
  for (const line of content.toString('latin1').split('\n')) {
    const end = start + line.length + 1;
    const [, before, after, time, what = ''] =
      /^([0-9a-f]{40,}) ([0-9a-f]{40,}) .*? (\d+) [+-]\d{4}(?:\t(.*))?$/.exec(line) ?? [];
    if (before !== undefined && after !== undefined)
      steps.push({
        before,
        after,
        time: Number(time),
        what: Buffer.from(what, 'latin1').toString('utf8'),
        line: { start, end },
      });
    start = end;
  }
  return steps;
}

/** The commit that HEAD was at, as a marker has it. */
const headIn = (settled: string): string | undefined =>
  settled.split(' ').findLast((word) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word));

/** git's own words for what makes a commit, and for what only goes to one. Other programs write what they like. */
const MADE_BY = /^(?:commit|cherry-pick|revert|am|rebase|pull|merge)\b/;
const MOVED_BY =
  /^(?:(?:checkout|switch|reset|clone|branch|bisect|filter-branch|filter-repo|fetch|stash|worktree)\b|(?:rebase|pull)\b[^:]* \((?:start|finish|abort)\))/i;

/**
 * Whether a step made its commit. By words that are not git's: when it went on by just one commit. Throws a GitError.
 */
export async function madeCommit(repository: Repository, { before, after, what }: ReflogEntry): Promise<boolean> {
  if (/fast-forward/i.test(what) || MOVED_BY.test(what)) return false;
  if (MADE_BY.test(what)) return true;
  const commit = await readCommit(repository, after);
  return commit !== undefined && (commit.parents[0] ?? '0'.repeat(after.length)) === before;
}

/** So many commits that nothing tells of are looked at. */
const UNTOLD_AT_MOST = 200;

/**
 * The commits that HEAD has gone on by since it was settled, or since its log ends: some programs move a branch and
 * write no log. `settled` is the marker's text. Throws a GitError.
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
  const ids = list.stdout
    .toString('utf8')
    .split('\n')
    .filter((id) => id !== '');
  const commits = await readCommits(repository, ids);
  // Only on from there: a branch that went elsewhere was moved, and not built on.
  if (commits.get(ids[0] ?? '')?.parents[0] !== from) return [];
  return ids.flatMap((id) => {
    const commit = commits.get(id);
    return commit ? [{ before: commit.parents[0] ?? '', after: id, time: commit.committer.time, what: 'commit' }] : [];
  });
}
