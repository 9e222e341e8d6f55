/** Where paths really lead. */
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** No system follows more links than this to reach one file. */
const LINKS_AT_MOST = 64;

/**
 * Returns a function that resolves a path with every symbolic link followed, even if the target does not exist yet. It
 * examines each folder only once, so use it for a single answer: there are many guarded places, most of them below the
 * same few folders. Throws where access is denied. Paths are absolute and plain (as returned by `path.resolve`):
 * examining each character of a hundred paths again takes a hook a millisecond.
 */
export function realPaths(): (absolute: string) => string {
  const known = new Map<string, string>();
  /** Real paths where nothing exists: nothing exists below them either. */
  const missing = new Set<string>();
  let left = LINKS_AT_MOST;
  const real = (absolute: string, root: number): string => {
    const seen = known.get(absolute);
    if (seen !== undefined) return seen;
    if (absolute.length <= root) return absolute;
    const cut = absolute.lastIndexOf(path.sep);
    const above = real(absolute.slice(0, Math.max(cut, root)), root);
    const here = (above.endsWith(path.sep) ? above : above + path.sep) + absolute.slice(cut + 1);
    const kind = missing.has(above) ? 'none' : left > 0 ? kindOf(here) : 'other';
    if (kind === 'none') missing.add(here);
    const link = kind === 'link';
    if (link) left--;
    const found = link ? whole(path.resolve(above, readlinkSync(here))) : here;
    // If too many links were followed, the result does not hold for other ways to the same path.
    if (left > 0) known.set(absolute, found);
    return found;
  };
  const whole = (absolute: string): string => real(absolute, path.sep === '/' ? 1 : path.parse(absolute).root.length);
  return (absolute) => {
    left = LINKS_AT_MOST;
    return whole(absolute);
  };
}

function kindOf(file: string): 'link' | 'none' | 'other' {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    return found === undefined ? 'none' : found.isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return 'none'; // what should be its folder is a file
    throw error;
  }
}
