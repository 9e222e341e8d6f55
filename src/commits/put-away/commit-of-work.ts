/** Stashed work as a commit with one parent that no branch has: git makes merges of its stashes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeDataFolder } from '../../journal';
import { isZero, type Repository } from '../../git';

/** A file of such a commit; `id` is `null` where it is gone. */
export interface StashedFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string | null;
}

const NOBODY = { NAME: 'Linekeeper', EMAIL: 'linekeeper@localhost' };

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
  const folder = mkdtempSync(path.join(makeDataFolder(path.join(repository.gitDir, 'linekeeper', 'tmp')), 'work-'));
  try {
    mkdirSync(folder, { recursive: true });
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await repository.git(['read-tree', `${from}^{tree}`], { env });
    if (files.length > 0)
      await repository.git(['update-index', '-z', '--index-info'], {
        env,
        input: files
          .map(({ path: name, mode, id }) =>
            id === null || isZero(id) ? `0 ${'0'.repeat(base.length)}\t${name}\0` : `${mode} ${id}\t${name}\0`,
          )
          .join(''),
      });
    const tree = await repository.text(['write-tree'], { env });
    const date = `@${String(time)} +0000`;
    const person = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        ...Object.entries(NOBODY).map(([what, value]) => [`GIT_${who}_${what}`, value]),
        [`GIT_${who}_DATE`, date],
      ]),
    ) as Record<string, string>;
    return await repository.text(
      ['-c', 'commit.gpgSign=false', 'commit-tree', tree, '-p', base, '-m', 'Stashed work'],
      {
        env: person,
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
