/** Where paths really lead. */
import { lstatSync, readlinkSync } from 'node:fs';
import { FILE_SYSTEM, isBelow, pathsLike, realPathOfMissing, type FileSystem } from '../base/platform';

/** No system follows more links than this to reach one file. */
const LINKS_AT_MOST = 64;

/**
 * Returns a function that resolves a path with every symbolic link followed, even if the target does not exist yet. It
 * examines each folder only once, so use it for a single answer: there are many guarded places, most of them below the
 * same few folders. Throws where access is denied. Paths are absolute and plain (as returned by `path.resolve`):
 * examining each character of a hundred paths again takes a hook a millisecond. `root`: a folder whose spelling stays.
 */
export function realPaths(root: string | null = null, files: FileSystem = FILE_SYSTEM): (absolute: string) => string {
  const known = new Map<string, string>();
  /** Real paths where nothing exists: nothing exists below them either. */
  const missing = new Set<string>();
  let linksToGo = LINKS_AT_MOST;
  const real = (absolute: string, top: number): string => {
    const seen = known.get(absolute);
    if (seen !== undefined) return seen;
    if (absolute.length <= top) return absolute;
    const paths = pathsLike(absolute);
    const cut = absolute.lastIndexOf(paths.sep);
    const above = real(absolute.slice(0, Math.max(cut, top)), top);
    const here = (above.endsWith(paths.sep) ? above : above + paths.sep) + absolute.slice(cut + 1);
    const kind = missing.has(above) ? 'none' : linksToGo > 0 ? kindOf(here) : 'other';
    if (kind === 'none') missing.add(here);
    const link = kind === 'link';
    if (link) linksToGo--;
    const target = link ? whole(paths.resolve(above, readlinkSync(here))) : here;
    // If too many links were followed, the result does not hold for other ways to the same path.
    if (linksToGo > 0) known.set(absolute, target);
    return target;
  };
  const whole = (absolute: string): string => real(absolute, pathsLike(absolute).parse(absolute).root.length);
  const followed = (absolute: string): string => {
    linksToGo = LINKS_AT_MOST;
    return whole(absolute);
  };
  if (!files.manyNames) return followed;
  // one file has many names there: each counts as the one that is stored, below the root as that is spelled here
  const stored = root === null ? undefined : realPathOfMissing(root, files);
  return (absolute) => {
    const place = followed(absolute);
    const found = realPathOfMissing(place, files) ?? place;
    if (root === null || stored === undefined || stored === root) return found;
    return found === stored ? root : isBelow(stored, found) ? root + found.slice(stored.length) : found;
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
