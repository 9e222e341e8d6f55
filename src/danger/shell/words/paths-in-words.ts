/** Paths as named in the words of a command. Pure; `/` and `\` are both separators. */
import { isWindowsPath, plainSpelling } from '../../../base/platform';
import type { Word } from './invocation';

/**
 * Resolves a path from a folder, without `.` and `..`. Wildcards stay. `~NAME` and `~` stay in front: a user's home
 * folder.
 */
export function resolved(folder: string, text: string): string {
  const name = plainSpelling(text, folder).replaceAll('\\', '/');
  const whole = /^(?:\/|~|[A-Za-z]:)/.test(name) ? name : `${folder.replaceAll('\\', '/')}/${name}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return /^(?:~|[A-Za-z]:)/.test(whole) ? parts.join('/') : `/${parts.join('/')}`;
}

/** Whether a path is a folder or lies below it. Both resolved. Windows does not tell upper from lower case. */
export function isIn(folder: string, path: string): boolean {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  const [inner, outer] = isWindowsPath(folder) ? [path.toLowerCase(), start.toLowerCase()] : [path, start];
  return inner.startsWith(outer) || `${inner}/` === outer;
}

/** A place on a drive of Windows, or below a variable of its shells, whatever reads it. */
const ON_WINDOWS = /^(?:[A-Za-z]:|%\w+%|:[A-Z]\w*)\//;

/** A word as a path: for PowerShell and cmd, and behind a drive, a backslash in it separates folders. */
export const pathIn = (folder: string, word: Word): string =>
  isWindowsPath(folder) || ON_WINDOWS.test(word.slashed ?? '') ? (word.slashed ?? word.text) : word.text;
