/** Where paths really lead. */
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { FILE_SYSTEM, isBelow, isWindowsPath, pathsLike, realPathOfMissing, type FileSystem } from '../base/platform';

/** No system follows more links than this to reach one file. */
const LINKS_AT_MOST = 64;
/** A folder of which this many names are looked up is listed: names that it lacks need no look-up of their own. */
const LOOK_UPS_BEFORE_LIST = 3;
/** The names of a larger folder are not kept: a set of them costs more than the look-ups. */
const LISTED_NAMES_AT_MOST = 4000;

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
  const kindOf = files.manyNames ? kindOnDisk : kindsByList();
  let linksToGo = LINKS_AT_MOST;
  const real = (absolute: string, top: number): string => {
    const seen = known.get(absolute);
    if (seen !== undefined) return seen;
    if (absolute.length <= top) return absolute;
    const paths = pathsLike(absolute);
    const cut = absolute.lastIndexOf(paths.sep);
    const above = real(absolute.slice(0, Math.max(cut, top)), top);
    const name = absolute.slice(cut + 1);
    const here = (above.endsWith(paths.sep) ? above : above + paths.sep) + name;
    const kind = missing.has(above) ? 'none' : linksToGo > 0 ? kindOf(here, above, name) : 'other';
    if (kind === 'none') missing.add(here);
    const link = kind === 'link';
    if (link) linksToGo--;
    const target = link ? whole(paths.resolve(above, readlinkSync(here))) : here;
    // If too many links were followed, the result does not hold for other ways to the same path.
    if (linksToGo > 0) known.set(absolute, target);
    return target;
  };
  const whole = (absolute: string): string =>
    real(absolute, isWindowsPath(absolute) ? pathsLike(absolute).parse(absolute).root.length : 1);
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

type Kind = 'link' | 'none' | 'other';

/**
 * The kind of a file by its path, its folder (which must be real) and its name there. Lists a folder once instead of
 * looking up many missing names in it: a hook asks for thirty files of a home folder that mostly has none of them.
 */
function kindsByList(): (file: string, folder: string, name: string) => Kind {
  const lookUps = new Map<string, number>();
  const listed = new Map<string, ReadonlySet<string> | undefined>();
  return (file, folder, name) => {
    const count = (lookUps.get(folder) ?? 0) + 1;
    lookUps.set(folder, count);
    if (count === LOOK_UPS_BEFORE_LIST) listed.set(folder, namesIn(folder));
    return listed.get(folder)?.has(name) === false ? 'none' : kindOnDisk(file);
  };
}

/** Undefined if the folder can't be listed, or has too many names. */
function namesIn(folder: string): ReadonlySet<string> | undefined {
  try {
    const names = readdirSync(folder);
    return names.length > LISTED_NAMES_AT_MOST ? undefined : new Set(names);
  } catch {
    return undefined;
  }
}

function kindOnDisk(file: string): Kind {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    return found === undefined ? 'none' : found.isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return 'none'; // what should be its folder is a file
    throw error;
  }
}
