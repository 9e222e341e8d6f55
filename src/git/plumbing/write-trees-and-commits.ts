/** Trees and commits of our own, written with git's plumbing: no index, no ref and no work tree changes. */
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder } from '../../base/files';
import type { Repository } from './repository';

/** Milliseconds for very many entries. */
const TIMEOUT_MS = 120_000;

/**
 * The id of a tree with these entries: lines of `git update-index -z --index-info`, each ended by NUL. `from`: a tree that
 * they are put into. Throws a GitError.
 */
export async function writeTreeOf(
  repository: Repository,
  entries: readonly string[],
  { from }: { readonly from?: string } = {},
): Promise<string> {
  const folder = mkdtempSync(path.join(makeDataFolder(dataPlace(repository.gitDir, 'tmp')), 'objects-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    if (from !== undefined) await repository.git(['read-tree', from], { env });
    if (from === undefined || entries.length > 0)
      await repository.git(['update-index', '-z', '--index-info'], {
        env,
        input: entries.join(''),
        timeout: TIMEOUT_MS,
      });
    return await repository.text(['write-tree'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The id of a commit with a neutral author, unsigned: the same tree, parents, message and time (seconds since the epoch)
 * have the same id on every machine. Throws a GitError.
 */
export function writeCommitOf(
  repository: Repository,
  {
    tree,
    parents,
    message,
    time,
  }: { readonly tree: string; readonly parents: readonly string[]; readonly message: string; readonly time: number },
): Promise<string> {
  const [name, email, date] = ['Linekeeper', 'linekeeper@localhost', `@${String(time)} +0000`];
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  return repository.text(
    ['commit-tree', '--no-gpg-sign', '-m', message, ...parents.flatMap((parent) => ['-p', parent]), tree],
    { env },
  );
}
