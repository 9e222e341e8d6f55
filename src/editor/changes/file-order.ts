/** The order of files in the Explorer, and how many files fold by folder. Pure. */

const NATURAL = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Compares paths with `/`: in each folder its folders first, then its files, `file2` before `file10`. */
export function asInExplorer(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')];
  for (let at = 0; ; at++) {
    const [firstPart = '', two = ''] = [first[at], second[at]];
    const [isFile, isOtherFile] = [at === first.length - 1, at === second.length - 1];
    if (isFile !== isOtherFile) return isFile ? 1 : -1;
    if (firstPart !== two) return NATURAL.compare(firstPart, two) || (firstPart < two ? -1 : 1);
    if (isFile) return 0;
  }
}

export const sortedAsInExplorer = <T extends { readonly path: string }>(files: readonly T[]): T[] =>
  [...files].sort((a, b) => asInExplorer(a.path, b.path));

/** More files than this fold by folder. */
const FOLDS_FROM = 100;

/** The files of each folder, in their order; undefined if there are few files, or all are in one folder. */
export function foldersOf<T extends { readonly path: string }>(
  files: readonly T[],
): ReadonlyMap<string, readonly T[]> | undefined {
  if (files.length <= FOLDS_FROM) return undefined;
  const folders = new Map<string, T[]>();
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
    const inFolder = folders.get(folder) ?? [];
    inFolder.push(file);
    folders.set(folder, inFolder);
  }
  return folders.size > 1 ? folders : undefined;
}
