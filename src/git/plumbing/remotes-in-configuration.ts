/** Remotes, as a repository's own configuration file has them (git-config(1)); included files are not read. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from './repository';

/** The addresses of remotes, in the file's order. `text`: of a configuration file. */
export function remotesIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', body = ''] of text.matchAll(/\[remote "([^"]+)"\]([^[]*)/g)) {
    const address = /^\s*(?:push)?url\s*=\s*(\S+)/m.exec(body)?.[1];
    if (address !== undefined) found.set(name, address);
  }
  return found;
}

/** Of some remotes, the one whose main branch is the base: `origin`, else the first, which `git clone -o NAME` wrote. */
export const baseRemoteOf = (remotes: Iterable<string>): string => {
  const names = [...remotes];
  return names.includes('origin') ? 'origin' : (names[0] ?? 'origin');
};

/** The same of a repository. Runs no git. */
export function baseRemote({ commonDir }: Pick<Repository, 'commonDir'>): string {
  try {
    return baseRemoteOf(remotesIn(readFileSync(path.join(commonDir, 'config'), 'utf8')).keys());
  } catch {
    return 'origin';
  }
}
