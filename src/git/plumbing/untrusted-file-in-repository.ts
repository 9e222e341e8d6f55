/** Files in a repository that are read by their name. They came with a branch, so they may be anything. */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { leadsOut } from '../../base/platform';
import type { Repository } from './repository';

/**
 * Where the file really is, or why it is not read: we never wait for a pipe, and no link may lead out of the
 * repository. Undefined where there is none.
 */
export function untrustedFile(
  repository: Repository,
  name: string,
): { readonly file: string } | { readonly why: string } | undefined {
  try {
    const file = realpathSync(path.join(repository.root, name));
    if (leadsOut(path.relative(realpathSync(repository.root), file)))
      return { why: 'it is a link out of the repository' };
    return statSync(file).isFile() ? { file } : { why: 'it is no plain file' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : { why: `it can't be read (${code ?? 'no reason given'})` };
  }
}
