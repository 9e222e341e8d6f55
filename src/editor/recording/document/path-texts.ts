/** Texts that are nothing but paths of the repository: the editor's menus copy them, and write them to `.gitignore`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SEPARATOR } from '../../../base/platform';
import type { Located } from '../../workspace/worktree-of-file';

/** Lines. */
const MOST = 50;
const IGNORING = /(?:^|\/)\.\w*ignore$/;

/** The folder of a file and those above it, up to a root. */
export function foldersUpTo(root: string, file: string): readonly string[] {
  const folder = path.dirname(file);
  if (folder === root) return [folder];
  return folder.startsWith(root + SEPARATOR) ? [folder, ...foldersUpTo(root, folder)] : [];
}

/**
 * Whether each line is the path of something that is there, seen from one of the folders above a file. A name without a
 * folder is a path in a file of what git ignores only: elsewhere it is a word.
 */
export function arePaths(text: string, file: Located | undefined): boolean {
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  if (!file || lines.length === 0 || lines.length > MOST) return false;
  const { root } = file.places;
  const folders = foldersUpTo(root, path.join(root, file.path));
  return lines.every((line) => {
    const places = folders.map((folder) => path.resolve(folder, line));
    const isPath = /\w[\\/]\w/.test(line) || IGNORING.test(file.path);
    return isPath && places.some((place) => place.startsWith(root + SEPARATOR) && existsSync(place));
  });
}
