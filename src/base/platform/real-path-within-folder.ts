/**
 * What the file system itself calls a file. Windows and macOS find a file by its name in any case of letters, Windows
 * also by a short name (`PROGRA~1`) and through drives that stand for folders, macOS in either form of accents; Linux
 * by one name alone.
 */
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { leadsOut, pathsLike, plainSpelling, relativeSlashes, resolveIn } from './posix-and-windows-paths';

/** What is asked of a file system. */
export interface FileSystem {
  /** One file may be found by many names. */
  readonly manyNames: boolean;
  /** Accents are kept as characters of their own, as macOS does; git and editors join them. */
  readonly splitAccents: boolean;
  /** An existing path, links followed. With `manyNames`, each name is as it is stored. Throws like `realpathSync`. */
  readonly real: (absolute: string) => string;
  /** The same, with the names as given, as far as no link is followed. */
  readonly followed: (absolute: string) => string;
  readonly isLink: (absolute: string) => boolean;
  readonly names: (folder: string) => readonly string[];
}

export const FILE_SYSTEM: FileSystem = {
  manyNames: process.platform === 'win32' || process.platform === 'darwin',
  splitAccents: process.platform === 'darwin',
  real: process.platform === 'win32' || process.platform === 'darwin' ? stored : realpathSync,
  followed: realpathSync,
  isLink: (absolute) => lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() === true,
  names: readdirSync,
};

/** Some drives (in memory, of a container) can't be asked for a name as it is stored. */
function stored(absolute: string): string {
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    if (isMissing(error)) throw error;
    return realpathSync(absolute);
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** An existing path as the file system spells it, on the drive that it was given with. Throws like `realpathSync`. */
export function realPath(absolute: string, files: FileSystem = FILE_SYSTEM): string {
  const real = files.real(absolute);
  if (!files.manyNames) return real;
  if (files.splitAccents) return real.normalize('NFC');
  const followed = files.followed(absolute);
  return driveOf(followed) === driveOf(real) ? real : withNamesOf(followed, real);
}

/** Of a share on another machine: nothing. */
const driveOf = (absolute: string): string => /^([A-Za-z]):/.exec(absolute)?.[1]?.toUpperCase() ?? '';

/**
 * A path on a drive that stands for a folder (`subst`, a share with a letter). Git and its settings know that drive, so
 * it stays; only the names after it are spelled as they are stored.
 */
function withNamesOf(followed: string, real: string): string {
  const names = followed.split('\\');
  const others = real.split('\\');
  for (let back = 1; back < names.length; back++) {
    const [name = '', stored = ''] = [names.at(-back), others.at(-back)];
    if (name.toLowerCase() !== stored.toLowerCase()) break;
    names[names.length - back] = stored;
  }
  return names.join('\\').replace(/^[a-z]:/, (drive) => drive.toUpperCase());
}

/**
 * A path whose last folders may not exist yet, with links followed as far as it exists. Undefined where it can't be
 * followed.
 */
export function realPathOfMissing(absolute: string, files: FileSystem = FILE_SYSTEM): string | undefined {
  const paths = pathsLike(absolute);
  const missing: string[] = [];
  for (let here = absolute; ; here = paths.dirname(here)) {
    try {
      return paths.join(files.splitAccents ? files.real(here).normalize('NFC') : files.real(here), ...missing);
    } catch (error) {
      if (!isMissing(error) || paths.dirname(here) === here) return undefined;
      missing.unshift(paths.basename(here));
    }
  }
}

/** Where a path from outside leads. */
export type Located =
  /** With `/`; empty for the folder itself. */
  | { readonly inside: string }
  | { readonly outside: true }
  /** Its folders can't be followed. */
  | { readonly unknown: true };

/**
 * Where a path leads in a folder, by what the file system says is the same file: in whatever spelling it was given. Its
 * folders may be links; a link at the end stands for itself. The file need not exist.
 */
export function locate(text: string, cwd: string, folder: string, files: FileSystem = FILE_SYSTEM): Located {
  const start = pathsLike(folder).isAbsolute(plainSpelling(cwd, folder))
    ? resolveIn(folder, cwd)
    : resolveIn(process.cwd(), cwd);
  const absolute = resolveIn(start, text);
  const paths = pathsLike(absolute);
  const above = paths.dirname(absolute);
  const parent = realPathOfMissing(above, files);
  if (parent === undefined) return { unknown: true };
  const place = above === absolute ? parent : paths.join(parent, nameIn(above, paths.basename(absolute), files));
  const relative = relativeSlashes(realOf(folder, files), place);
  return leadsOut(relative) ? { outside: true } : { inside: relative };
}

const realOf = (folder: string, files: FileSystem): string => realPathOfMissing(folder, files) ?? folder;

/** A file's own name in its folder. */
function nameIn(folder: string, name: string, files: FileSystem): string {
  if (!files.manyNames) return name;
  const paths = pathsLike(folder);
  const whole = paths.join(folder, name);
  try {
    if (!files.isLink(whole)) return joined(paths.basename(files.real(whole)), files);
    const same = (entry: string): boolean =>
      entry.normalize('NFC').toLowerCase() === name.normalize('NFC').toLowerCase();
    return joined(files.names(folder).find(same) ?? name, files);
  } catch {
    return joined(name, files); // it does not exist yet: this is the name that it gets
  }
}

const joined = (name: string, { splitAccents }: FileSystem): string => (splitAccents ? name.normalize('NFC') : name);
