/**
 * A merge base for two histories that have several (criss-cross merges). Comparing with only one of them hides what a
 * branch reverts of the others: git's own merge compares with all of them, joined, and so does the gate.
 */
import { isolatedGit, type Repository } from '../../../git';
import { GateError } from '../gate-error';

/** More than this many do not occur in real histories. */
const BASES_AT_MOST = 20;

/**
 * Joins merge bases into one commit, as git's merge does internally (merge-ort), and returns its id. Where they
 * conflict the conflict markers stay in it: then more differs from the head, never less. Like git's own, the commit has
 * no ref and disappears with the next garbage collection. Throws a {@link GateError} or a GitError.
 */
export async function joinedBase(repository: Repository, bases: readonly string[]): Promise<string> {
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
