/** Where paths really lead. */
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** No system follows more links than this on the way to one file. */
const LINKS_AT_MOST = 64;

/**
 * What gives a path with every symbolic link followed, also one that leads to what is not there yet. It looks at each folder
 * once, so what it gives is of use for one answer: the places that are guarded are many, and most of them below the same few
 * folders. Throws where it may not look.
 */
export function realPaths(): (absolute: string) => string {
  const known = new Map<string, string>();
  let left = LINKS_AT_MOST;
  const real = (absolute: string): string => {
    const seen = known.get(absolute);
    if (seen !== undefined) return seen;
    const parent = path.dirname(absolute);
    if (parent === absolute) return absolute;
    const here = path.join(real(parent), path.basename(absolute));
    const link = left > 0 && isLink(here);
    if (link) left--;
    const found = link ? real(path.resolve(path.dirname(here), readlinkSync(here))) : here;
    // Where too many were followed, this is not the end of another way to it.
    if (left > 0) known.set(absolute, found);
    return found;
  };
  return (absolute) => {
    left = LINKS_AT_MOST;
    return real(path.resolve(absolute));
  };
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false; // what should be its folder is a file
    throw error;
  }
}
