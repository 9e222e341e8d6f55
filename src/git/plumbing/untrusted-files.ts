/**
 * Files that a repository brings along and that are read by their name. What lies there came with a branch, so it may
 * be anything.
 */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isOutside, type Repository } from './repository';

/**
 * Where the file really is, or why it is not read: nobody waits for a pipe, and no link leads out of the repository.
 * Undefined where there is none.
 */
export function untrustedFile(
  repository: Repository,
  name: string,
): { readonly file: string } | { readonly why: string } | undefined {
  try {
    const file = realpathSync(path.join(repository.root, name));
    if (isOutside(path.relative(realpathSync(repository.root), file)))
      return { why: 'it is a link out of the repository' };
    return statSync(file).isFile() ? { file } : { why: 'it is no plain file' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : { why: `it can't be read (${code ?? 'no reason given'})` };
  }
}
