/**
 * Paths of POSIX systems and of Windows. Which of the two a path is of follows from its form: an absolute path of
 * Windows begins with a drive or with the name of another machine. So every function here works for both on each
 * system. Touches no file; what the file system knows of a path is in `real-path-within-folder.ts`.
 */
import path from 'node:path';

/** Whether an absolute path is one of Windows. */
export const isWindowsPath = (absolute: string): boolean => /^(?:[A-Za-z]:(?:[\\/]|$)|\\\\)/.test(absolute);

/** Node's functions for paths of the kind that an absolute one is of. */
export const pathsLike = (absolute: string): path.PlatformPath => (isWindowsPath(absolute) ? path.win32 : path.posix);

/**
 * A path in the spelling of the system that `like` is an absolute path of. Programs and shells on Windows write the
 * same file as `C:\a`, `c:/a`, `/c:/a` (a URL's path), `/c/a` (Git for Windows), `/cygdrive/c/a`, `/mnt/c/a` (WSL),
 * `\\?\C:\a` and `file:///c:/a`; Windows itself ignores blanks and dots at the end of a name, and `a:stream` is a part
 * of `a`. A relative path stays relative. `/c` alone stays as it is: more often it is an option of a program.
 */
export function plainSpelling(text: string, like: string): string {
  const plain = /^file:\//i.test(text) ? ofUrl(text, like) : text;
  return isWindowsPath(like) ? windowsSpelling(plain) : plain;
}

/** The path that a `file:` URL names. */
export function ofUrl(text: string, like: string): string {
  const [, host = '', bare = ''] = /^file:(?:\/\/(?!\/)([^/?#\\]*)|\/\/)?([^?#]*)/i.exec(text) ?? [];
  let name = bare;
  try {
    name = decodeURIComponent(bare);
  } catch {
    // what is not encoded as a URL is taken as it is
  }
  if (/^\/+[A-Za-z]:/.test(name)) return name.replace(/^\/+/, '');
  return host === '' || host.toLowerCase() === 'localhost' || !isWindowsPath(like) ? name : `//${host}${name}`;
}

function windowsSpelling(text: string): string {
  const bare = text
    .replace(/^[\\/](?:[\\/][?.]|\?\?)[\\/](?=UNC[\\/])UNC[\\/]/i, '\\\\')
    .replace(/^[\\/](?:[\\/][?.]|\?\?)[\\/](?=[A-Za-z]:)/, '');
  const [, drive, rest = ''] =
    /^(?:[\\/]+(?=[A-Za-z](?::|%3A))|[\\/](?![\\/])(?:(?:cygdrive|mnt)[\\/])?(?=[A-Za-z][\\/])|(?=[A-Za-z]:))([A-Za-z])(?::|%3A)?([^]*)$/i.exec(
      bare,
    ) ?? [];
  return drive === undefined ? withPlainNames(bare) : `${drive.toUpperCase()}:${withPlainNames(rest)}`;
}

/** Names without what Windows ignores at their end. */
const withPlainNames = (text: string): string =>
  text
    .split(/([\\/])/)
    .map((name) => (/^(?:\.{0,2}|[\\/])$/.test(name) ? name : name.replace(/:.*$/s, '').replace(/[. ]+$/, '') || name))
    .join('');

/** The absolute path that a text means in a folder, whatever its spelling. */
export function resolveIn(folder: string, text: string): string {
  const plain = plainSpelling(text, folder);
  // `D:a` is where a program stands on that drive, which only this drive's own folder tells
  const elsewhere = /^[A-Z]:(?![\\/])/.test(plain) && !folder.toUpperCase().startsWith(plain.slice(0, 2));
  return pathsLike(folder).resolve(folder, elsewhere ? `${plain.slice(0, 2)}\\${plain.slice(2)}` : plain);
}

/** The same with `/` between names, as patterns and git have it. */
export const withSlashes = (native: string, like = native): string =>
  isWindowsPath(like) ? native.replaceAll('\\', '/') : native;

/** A path with `/` as the system that `like` is an absolute path of writes it. */
export const nativePath = (slashed: string, like: string): string =>
  isWindowsPath(like) ? slashed.replaceAll('/', '\\') : slashed;

/** Whether an absolute path is below a folder. Windows does not tell upper from lower case. */
export function isBelow(folder: string, place: string): boolean {
  const separator = pathsLike(folder).sep;
  const start = folder.endsWith(separator) ? folder : folder + separator;
  return isWindowsPath(folder)
    ? place.slice(0, start.length).toLowerCase() === start.toLowerCase()
    : place.startsWith(start);
}

/** The way from a folder to an absolute path, with `/`. Empty for the folder itself. */
export const relativeSlashes = (folder: string, place: string): string =>
  isBelow(folder, place)
    ? withSlashes(place.slice(folder.length).replace(/^[\\/]/, ''), folder)
    : withSlashes(pathsLike(folder).relative(folder, place), folder);

/** Whether a result of {@link relativeSlashes}, or of `path.relative`, leads out of the folder. */
export const leadsOut = (relative: string): boolean =>
  relative === '..' || /^\.\.[\\/]/.test(relative) || relative.startsWith('/') || isWindowsPath(relative);
