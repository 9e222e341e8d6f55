/**
 * Where programs for tests are cached between runs: `$LINEKEEPER_CACHE`, else the user's cache folder.
 */
import { userInfo } from 'node:os';
import path from 'node:path';

/** A folder of the cache; the caller creates it. */
export function cacheFolder(name: string): string {
  // not HOME: tests give this process a private one
  const base =
    process.env['LINEKEEPER_CACHE'] ??
    path.join(process.env['XDG_CACHE_HOME'] ?? path.join(userInfo().homedir, '.cache'), 'linekeeper-lab');
  return path.join(base, name);
}
