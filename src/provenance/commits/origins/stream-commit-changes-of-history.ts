/**
 * What the commits of a long history changed, one after another: two git processes for all of them, read as they write.
 *
 * A merge also reports how it differs from its first parent, because that is what it brings into the branch. Its own
 * changes are computed only where a file differs from that of every parent.
 */
import {
  isCutOff,
  type Commit,
  completed,
  diffTrees,
  type DiffFile,
  comparisonsOf,
  ownOf,
  askedOf,
  changedLinesOf,
  type Comparison,
  emptyTree,
  isolatedGit,
  type Repository,
} from '../../../git';

export interface HistoryStep {
  readonly commit: Commit;
  /** Its own changes, as `show` has them. */
  readonly own: readonly DiffFile[];
  /** What differs from its first parent; the same as `own` for a commit that is not a merge. */
  readonly first: readonly DiffFile[];
  /**
   * For a merge, per other parent: what differs from that parent. Null: every differing file is as in the first parent
   * or in one of these.
   */
  readonly others: readonly (readonly DiffFile[])[] | null;
  /** For a merge, per other parent: the paths that differ from that parent. */
  readonly unlike: readonly ReadonlySet<string>[];
}

interface Asked {
  readonly commit: Commit;
  readonly comparisons: readonly Comparison[];
  readonly unlike: readonly ReadonlySet<string>[];
}

/**
 * The steps of commits, in their order. A file that was only renamed or changed mode does not say whether it is binary.
 * Throws a GitError.
 */
export async function* historySteps(repository: Repository, commits: readonly Commit[]): AsyncGenerator<HistoryStep> {
  const unlike = await unlikeParents(
    repository,
    commits.filter(({ parents }) => parents.length > 1),
  );
  const requests = commits.map((commit): Asked => {
    if (commit.parents.length === 0 && isCutOff(repository, commit.id)) return { commit, comparisons: [], unlike: [] };
    const [first, ...others] = unlike.get(commit.id) ?? [];
    const clean = first === undefined || ![...first].some((path) => others.every((paths) => paths.has(path)));
    return {
      commit,
      comparisons: commit.parents.length > 1 && clean ? comparisonsOf(commit).slice(0, 1) : comparisonsOf(commit),
      unlike: others,
    };
  });
  const patches = changedLinesOf(
    repository,
    requests.flatMap(({ comparisons }) => comparisons),
  );
  for (const { commit, comparisons, unlike: paths } of requests) {
    const diffs: (readonly DiffFile[])[] = [];
    for (const { from, to } of comparisons) {
      const next = await patches.next();
      const files: readonly DiffFile[] = next.done === true ? [] : next.value;
      // A patch is not sufficient for a type change; for a rename or mode change it has all that matters here.
      diffs.push(
        files.some(({ status }) => status === 'T')
          ? await completed(repository, { from: from ?? emptyTree(repository), to }, files)
          : files,
      );
    }
    if (comparisons.length === 0) diffs.push(await diffTrees(repository, emptyTree(repository), commit.id));
    const [first = []] = diffs;
    const others = commit.parents.length - 1;
    if (others < 1) yield { commit, own: first, first, others: null, unlike: [] };
    else if (diffs.length === 1) yield { commit, own: [], first, others: null, unlike: paths };
    else yield { commit, own: ownOf(diffs), first, others: diffs.slice(1, 1 + others), unlike: paths };
  }
}

const RAW = ['diff-tree', '--stdin', '--always', '-r', '--raw', '-z', '--no-renames', '--no-abbrev'];

/**
 * For each merge, per parent in order: the paths that differ from that parent. One git process, which compares names
 * and ids only. Throws a GitError.
 */
async function unlikeParents(
  repository: Repository,
  merges: readonly Commit[],
): Promise<ReadonlyMap<string, readonly ReadonlySet<string>[]>> {
  const found = new Map<string, ReadonlySet<string>[]>();
  if (merges.length === 0) return found;
  const { stdout } = await isolatedGit(repository, RAW, {
    input: askedOf(merges.flatMap(({ id, parents }) => parents.map((from) => ({ from, to: id })))),
    timeout: 600_000,
  });
  const text = stdout.toString('latin1');
  let paths: Set<string> | undefined;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\0', at);
    if (end < 0) break;
    if (text.charCodeAt(at) === 0x3a) {
      const last = text.indexOf('\0', end + 1);
      paths?.add(Buffer.from(text.slice(end + 1, last), 'latin1').toString('utf8'));
      at = last + 1;
      continue;
    }
    const id = text.slice(at, end).trim();
    paths = new Set();
    found.set(id, [...(found.get(id) ?? []), paths]);
    at = end + 1;
  }
  return found;
}

/** A commit id with its parents. */
export interface Listed {
  readonly id: string;
  readonly parents: readonly string[];
}

/** A commit, and when it was made (seconds) as far as clocks can be believed. */
export interface Timed extends Listed {
  readonly time: number;
}

/**
 * When a commit was made: never before its parents. A clock that was ahead of ours says nothing. `own`: what the commit
 * says; all in seconds.
 */
export function believedTime(ownTime: number, parents: readonly number[], now: number): number {
  const latest = Math.max(0, ...parents);
  return ownTime <= now ? Math.max(ownTime, latest) : Math.min(now, latest === 0 ? ownTime : latest);
}

/**
 * The commits reachable from `tip`, parents before children. `without`: nothing reachable from these; `since`: nothing
 * committed before (seconds). Throws a GitError.
 */
export async function listHistory(
  repository: Repository,
  tip: string,
  { without = [], since, now }: { readonly without?: readonly string[]; readonly since?: number; readonly now: number },
): Promise<readonly Timed[]> {
  const words = ['rev-list', '--topo-order', '--reverse', '--parents', '--timestamp', tip];
  const { stdout } = await repository.git([...words, ...without.map((id) => `^${id}`), '--'], {
    timeout: 600_000,
    env: { GIT_NO_REPLACE_OBJECTS: '1' },
  });
  // Not git's own --since: it ends at the first commit with an old clock, and everything behind that is lost.
  const times = new Map<string, number>();
  return stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line): Timed[] => {
      const [ownId, id = '', ...parents] = line.split(' ');
      if (id === '') return [];
      const time = believedTime(
        Number(ownId),
        parents.flatMap((parent) => times.get(parent) ?? []),
        Math.floor(now / 1000),
      );
      times.set(id, time);
      return since !== undefined && time < since ? [] : [{ id, parents, time }];
    });
}
