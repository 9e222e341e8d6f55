/** How HEAD came to where it is: which of its moves made a commit, and the moves that its log does not tell of. */
import { readCommit, readCommits } from './commit';
import { headNow } from './head';
import type { Repository } from './repository';

/** One line of the reflog of HEAD. */
export interface Step {
  readonly before: string;
  readonly after: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly what: string;
}

/** git's own words for what makes a commit, and for what only goes to one. Other programs write what they like. */
const MADE_BY = /^(?:commit|cherry-pick|revert|am|rebase|pull|merge)\b/;
const MOVED_BY = /^(?:checkout|switch|reset|clone|branch|bisect|filter-branch|filter-repo|fetch|stash|worktree)\b/i;

/** Whether a step made its commit. By words that are not git's: when it went on by just one commit. Throws a GitError. */
export async function isMade(repository: Repository, { before, after, what }: Step): Promise<boolean> {
  if (/fast-forward/i.test(what) || MOVED_BY.test(what)) return false;
  if (MADE_BY.test(what)) return true;
  const commit = await readCommit(repository, after);
  return commit !== undefined && (commit.parents[0] ?? '0'.repeat(after.length)) === before;
}

/** So many commits that nothing tells of are looked at. */
const UNTOLD_AT_MOST = 200;

/**
 * The commits that HEAD has gone on by since it was settled, or since its log ends: some programs move a branch and write no
 * log. `settled` is the marker's text. Throws a GitError.
 */
export async function stepsUntold(repository: Repository, settled: string, steps: readonly Step[]): Promise<Step[]> {
  const from = steps.at(-1)?.after ?? settled.split(' ').findLast((word) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word));
  const head = await headNow(repository);
  if (from === undefined || head === null || head === from) return [];
  const list = await repository.git(['rev-list', '--reverse', '--first-parent', `--max-count=${String(UNTOLD_AT_MOST)}`, `${from}..${head}`], { codes: [0, 128] });
  const ids = list.stdout.toString('utf8').split('\n').filter((id) => id !== '');
  const commits = await readCommits(repository, ids);
  // Only on from there: a branch that went elsewhere was moved, and not built on.
  if (commits.get(ids[0] ?? '')?.parents[0] !== from) return [];
  return ids.flatMap((id) => {
    const commit = commits.get(id);
    return commit ? [{ before: commit.parents[0] ?? '', after: id, time: commit.committer.time, what: 'commit' }] : [];
  });
}
