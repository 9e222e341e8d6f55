/** Paths from outside, made safe: inside the work tree, not inside git's own folder, through no symbolic link. */
import path from 'node:path';
import { locate } from '../../../base/platform';
import { findPlaces, nameForGit } from '../../../git';

type SafePath = { readonly path: string } | { readonly refused: string };

/**
 * Converts a path from a hook (absolute, or relative to `cwd`) to a path relative to `root` with `/`. The file need not
 * exist. `root` is absolute and real.
 */
export function safePath(file: string, cwd: string, root: string): SafePath {
  if (file === '' || file.includes('\0')) return { refused: `the path ${shown(file)} is not a file name` };
  const located = locate(file, cwd, root);
  if ('unknown' in located) return { refused: `the path ${shown(file)} cannot be resolved` };
  if ('outside' in located) return { refused: `the path ${shown(file)} lies outside the repository ${root}` };
  if (located.inside === '')
    return { refused: `the path ${shown(file)} is the repository's own folder, not a file in it` };
  const parts = located.inside.split('/');
  if (parts.some((part) => part.toLowerCase() === '.git'))
    return { refused: `the path ${shown(file)} lies in git's own folder` };
  // In a submodule, for example: git includes nothing of it in this repository's commits.
  const outerRoot = parts.length > 1 ? findPlaces(path.join(root, ...parts.slice(0, -1)))?.root : undefined;
  const below = outerRoot === undefined ? undefined : locate('.', outerRoot, root);
  if (below !== undefined && 'inside' in below && below.inside !== '')
    return { refused: `the path ${shown(file)} lies in another repository, ${String(outerRoot)}` };
  const places = findPlaces(root);
  const name = parts.join('/');
  return { path: places?.root === root ? nameForGit(places, name) : name };
}

/** A path from outside, made printable. */
const shown = (text: string): string =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text).replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
