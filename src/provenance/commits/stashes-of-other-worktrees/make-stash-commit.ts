/** Stashed work as a commit with one parent that no branch has: git makes merges of its stashes. */
import { isZero, writeCommitOf, writeTreeOf, type Repository } from '../../../git';

/** A file of such a commit; `id` is `null` where it is gone. */
export interface StashedFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string | null;
}

/**
 * The id of a commit on `base` with the files of the tree `from` and these. The same work has the same id. `time`: in
 * seconds since the epoch. Throws a GitError.
 */
export async function commitOfWork(
  repository: Repository,
  {
    base,
    from,
    files,
    time,
  }: { readonly base: string; readonly from: string; readonly files: readonly StashedFile[]; readonly time: number },
): Promise<string> {
  const entries = files.map(({ path: name, mode, id }) =>
    id === null || isZero(id) ? `0 ${'0'.repeat(base.length)}\t${name}\0` : `${mode} ${id}\t${name}\0`,
  );
  const tree = await writeTreeOf(repository, entries, { from: `${from}^{tree}` });
  return writeCommitOf(repository, { tree, parents: [base], message: 'Stashed work', time });
}
