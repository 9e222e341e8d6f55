/** Quotes words for the shells that run hooks. */
import path from 'node:path';
import { isWindowsPath, shellQuoted } from '../../../base/platform';

/** One word for a POSIX shell. Plain words are not quoted, for people who read the file. */
export function shellWord(word: string): string {
  return /^[\w./-]+$/.test(word) && !path.isAbsolute(word) && !isWindowsPath(word) ? word : shellQuoted(word);
}

/** One word for PowerShell. */
export const powershellWord = (word: string): string =>
  /^[\w-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;

/** One word for cmd. A file's name can't contain a double quote there. */
export const cmdWord = (word: string): string => (/^[\w-]+$/.test(word) ? word : `"${word.replaceAll('"', '')}"`);
