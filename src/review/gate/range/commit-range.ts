/**
 * The range of a change: from the merge base to the head.
 */
import { outputLines, type Commit, isolatedGit, readCommits, type Repository, whereCutOff } from '../../../git';
import { GateError } from '../gate-error';

export interface Range {
  /** Tip of the base branch. */
  readonly base: string;
  readonly head: string;
  /**
   * What the head is compared with. With several merge bases it is created from them (`joinedBase`) and exists only
   * here.
   */
  readonly mergeBase: string;
  /** The first merge base that git prints. */
  readonly firstMergeBase: string;
  /** Commits of the range, parents before children. */
  readonly commits: readonly Commit[];
  /** Commits of the range from before the adoption: nothing is required of them. */
  readonly exempt: ReadonlySet<string>;
  /** The adoption commit that the policy names; left out where it names none, or one that is not here. */
  readonly adoption?: string;
}

/** Throws a {@link GateError} for a shallow history: what is beyond the cut could change the answer. */
export function refuseShallow(repository: Repository): void {
  if (whereCutOff(repository).length > 0)
    throw new GateError(
      'shallow',
      "History is cut off here (a shallow clone), so it can't be known what the change is. Fetch all of it: git fetch --unshallow, or fetch-depth: 0 in the CI job.",
    );
}

/** A range by the ids of its commits, parents before children. */
export interface Listed extends Pick<Range, 'base' | 'head' | 'mergeBase' | 'firstMergeBase'> {
  readonly commits: readonly Pick<Commit, 'id' | 'parents'>[];
}

/** The range between two commits, by their ids. Throws a {@link GateError} or a GitError. */
export async function listRange(repository: Repository, base: string, head: string): Promise<Listed> {
  const [found, listed] = await Promise.all([
    isolatedGit(repository, ['merge-base', '--all', base, head], { codes: [0, 1], timeout: 120_000 }),
    isolatedGit(repository, ['rev-list', '--topo-order', '--reverse', '--parents', head, `^${base}`], {
      timeout: 120_000,
    }),
  ]);
  const bases = outputLines(found.stdout).sort();
  const [firstMergeBase] = bases;
  if (firstMergeBase === undefined)
    throw new GateError(
      'range',
      `${base.slice(0, 12)} and ${head.slice(0, 12)} have no history in common, so there is no change to check.`,
    );
  const mergeBase = bases.length === 1 ? firstMergeBase : await joinedBase(repository, bases);
  const commits = outputLines(listed.stdout).map((line) => {
    const [id = '', ...parents] = line.split(' ');
    return { id, parents };
  });
  return { base, head, mergeBase, firstMergeBase, commits };
}

/** The commits of a range. Throws a GitError. */
export async function commitsOf(repository: Repository, listed: Listed): Promise<Range> {
  const commits = await readCommits(
    repository,
    listed.commits.map(({ id }) => id),
  );
  const all = listed.commits.map(({ id }) => commits.get(id) ?? missing(id));
  return { ...listed, commits: all, exempt: new Set() };
}

const missing = (id: string): never => {
  throw new GateError(
    'range',
    `The commit ${id} can't be read, so it can't be known what the change is. "git fsck" says more.`,
  );
};

/** Both. */
export const readRange = async (repository: Repository, base: string, head: string): Promise<Range> =>
  commitsOf(repository, await listRange(repository, base, head));

/** Whether a commit's history has another one. Throws a GitError. */
export async function isMergedInto(repository: Repository, branch: string, commit: string): Promise<boolean> {
  const words = ['merge-base', '--is-ancestor', commit, branch];
  return (await isolatedGit(repository, words, { codes: [0, 1, 128] })).code === 0;
}

/** More than this many do not occur in real histories. */
const BASES_AT_MOST = 20;

/**
 * Joins the merge bases of two histories that have several (criss-cross merges). Comparing with only one of them hides what
 * a branch reverts of the others: git's own merge compares with all of them, and so does the gate. They become one commit, as git's merge does internally (merge-ort), and returns its id. Where they
 * conflict the conflict markers stay in it: then more differs from the head, never less. Like git's own, the commit has
 * no ref and disappears with the next garbage collection. Throws a {@link GateError} or a GitError.
 */
async function joinedBase(repository: Repository, bases: readonly string[]): Promise<string> {
  const [first = '', ...others] = bases;
  if (bases.length > BASES_AT_MOST)
    throw new GateError(
      'range',
      `The two histories have ${String(bases.length)} merge bases, which is more than can be compared. Rebase the branch.`,
    );
  let joined = first;
  for (const commit of others) {
    const merged = await isolatedGit(repository, ['merge-tree', '--write-tree', '--no-messages', joined, commit], {
      codes: [0, 1, 128, 129],
      timeout: 120_000,
    });
    const tree = /^[0-9a-f]+(?=\n)/.exec(merged.stdout.toString('utf8'))?.[0];
    if (tree === undefined || merged.code > 1)
      throw new GateError(
        'range',
        "The two histories were merged into each other (criss-cross), and this git can't compare such ones. Use git 2.38 or newer, or rebase the branch.",
      );
    // Built directly and not with commit-tree: the same bases always give the same commit.
    const text = `tree ${tree}\nparent ${joined}\nparent ${commit}\nauthor - <> 0 +0000\ncommitter - <> 0 +0000\n\nmerge bases\n`;
    joined = (
      await isolatedGit(repository, ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], { input: text })
    ).stdout
      .toString('utf8')
      .trim();
  }
  return joined;
}
