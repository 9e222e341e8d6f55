/**
 * What the commits of a long history changed, one after another: two gits for all of them, read as they write.
 *
 * A merge says besides how it differs from its first parent, because that is what it brings into the branch. What it
 * changed by itself is worked out only where a file differs from that of every parent.
 */
import { isCutOff, type Commit } from '../plumbing/commit';
import { completed, diffTrees, type DiffFile } from '../diff/diff';
import { comparisonsOf, ownOf } from '../diff/merge-changes';
import { askedOf, patchesOf, type Comparison } from '../diff/patches';
import { emptyTree, isolatedGit } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';

/** One commit of a history. */
export interface HistoryStep {
  readonly commit: Commit;
  /** What it changed itself, as `show` has it. */
  readonly own: readonly DiffFile[];
  /** What differs from its first parent; the same as `own` for a commit that is no merge. */
  readonly first: readonly DiffFile[];
  /**
   * For a merge, by the other parents: what differs from that one. Null: only files that are as the first parent's, or
   * as one of these, differ.
   */
  readonly others: readonly (readonly DiffFile[])[] | null;
  /** For a merge, by the other parents: the paths that are not as in that one. */
  readonly unlike: readonly ReadonlySet<string>[];
}

interface Asked {
  readonly commit: Commit;
  readonly comparisons: readonly Comparison[];
  readonly unlike: readonly ReadonlySet<string>[];
}

/**
 * The steps of commits, in the order of these. A file that only got another name or mode is given without saying
 * whether it is binary. Throws a GitError.
 */
export async function* historySteps(repository: Repository, commits: readonly Commit[]): AsyncGenerator<HistoryStep> {
  const unlike = await unlikeParents(
    repository,
    commits.filter(({ parents }) => parents.length > 1),
  );
  const asked = commits.map((commit): Asked => {
    if (commit.parents.length === 0 && isCutOff(repository, commit.id)) return { commit, comparisons: [], unlike: [] };
    const [first, ...others] = unlike.get(commit.id) ?? [];
    const clean = first === undefined || ![...first].some((path) => others.every((paths) => paths.has(path)));
    return {
      commit,
      comparisons: commit.parents.length > 1 && clean ? comparisonsOf(commit).slice(0, 1) : comparisonsOf(commit),
      unlike: others,
    };
  });
  const patches = patchesOf(
    repository,
    asked.flatMap(({ comparisons }) => comparisons),
  );
  for (const { commit, comparisons, unlike: paths } of asked) {
    const diffs: (readonly DiffFile[])[] = [];
    for (const { from, to } of comparisons) {
      const next = await patches.next();
      const files: readonly DiffFile[] = next.done === true ? [] : next.value;
      // Of a change of kind a patch tells too little; of a new name or mode all that matters here.
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
 * By merge, for each parent in its order: the paths that are not as in that one. One git, which compares names and ids
 * only. Throws a GitError.
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

/** One commit of a list of ids with its parents. */
export interface Listed {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * The commits that `tip` reaches, parents before children. `without`: nothing that these reach; `since`: nothing that
 * was committed before (seconds). Throws a GitError.
 */
export async function listHistory(
  repository: Repository,
  tip: string,
  { without = [], since }: { readonly without?: readonly string[]; readonly since?: number } = {},
): Promise<readonly Listed[]> {
  const words = [
    'rev-list',
    '--topo-order',
    '--reverse',
    '--parents',
    ...(since === undefined || since <= 0 ? [] : [`--max-age=${String(since)}`]),
    tip,
    ...without.map((id) => `^${id}`),
    '--',
  ];
  const { stdout } = await repository.git(words, { timeout: 600_000, env: { GIT_NO_REPLACE_OBJECTS: '1' } });
  return stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const [id = '', ...parents] = line.split(' ');
      return id === '' ? [] : [{ id, parents }];
    });
}
