/** Remotes, as a repository's own configuration file has them (git-config(1)); included files are not read. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt } from '../../base/platform';
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

/**
 * The same of a repository. Runs no git. A remote of which nothing was fetched yet has no base: one that was fetched
 * comes before it, as where a fork's `origin` was added beside `upstream`.
 */
export function baseRemote({ commonDir }: Pick<Repository, 'commonDir'>): string {
  const names = attempt(() => [...remotesIn(readFileSync(path.join(commonDir, 'config'), 'utf8')).keys()], []);
  const first = baseRemoteOf(names);
  if (names.length < 2 || isFetched(commonDir, first)) return first;
  return names.find((name) => isFetched(commonDir, name)) ?? first;
}

/** Whether something of a remote was fetched; true where refs are kept in another way than as files. */
const isFetched = (commonDir: string, remote: string): boolean =>
  existsSync(path.join(commonDir, 'refs', 'remotes', remote)) ||
  existsSync(path.join(commonDir, 'reftable')) ||
  attempt(() => readFileSync(path.join(commonDir, 'packed-refs'), 'utf8').includes(` refs/remotes/${remote}/`), false);
