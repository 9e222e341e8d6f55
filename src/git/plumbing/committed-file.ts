/** What a commit has at a path. */
import type { Repository } from './repository';

/**
 * A file's content in a commit (a full id); null where the commit has no file there. Throws a GitError where git can't
 * say.
 */
export async function committedFile(repository: Repository, commit: string, path: string): Promise<Buffer | null> {
  const args = ['cat-file', 'blob', `${commit}:${path}`];
  const answer = await repository.git(args, { codes: [0, 128] });
  if (answer.code === 0) return answer.stdout;
  // git says 128 of whatever it could not read, too. What is taken for absent would make the whole file new.
  const entry = await repository.text(['ls-tree', '--full-tree', commit, '--', `:(literal)${path}`]);
  return /^\d+ blob /.test(entry) ? (await repository.git(args)).stdout : null;
}
