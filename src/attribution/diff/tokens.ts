/** Lines of code as words, and what of them tells one line from another. */
import type { Splice } from './word-diff';
import { LONG_FROM, Steps } from './steps';

/**
 * What a formatter changes without changing what is said: white space, commas, semicolons and quotes (DESIGN 1.3, rule
 * 2).
 */
export const NEUTRAL = /[\s,;'"`]/;
/** A text without what a formatter may change. */
export const withoutFormatting = (text: string): string => text.replace(/[\s,;'"`]+/g, '');

/** True when a text holds nothing but what a formatter may change. */
export const isFormattingOnly = (text: string): boolean => withoutFormatting(text) === '';

/**
 * Of such a text `\w` are all letters, digits and `_`; to build the set of all that there are takes a hook a
 * millisecond.
 */
export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Words, runs of white space, line breaks and single marks. */
export function tokens(text: string): string[] {
  const found =
    text.match(
      isAscii(text) ? /\r?\n|[^\S\r\n]+|\r|\w+|[^\s\w]/g : /\r?\n|[^\S\r\n]+|\r|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu,
    ) ?? [];
  Steps.split(found.length);
  return found;
}

/** A splice without what both sides begin and end with. */
export function trimEnds(s: Splice, before: string, after: string): Splice {
  let { oldStart, oldEnd, newStart, newEnd } = s;
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart]) {
    oldStart++;
    newStart++;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

const COMMON = new Set(
  'return null true false none nil undefined void break continue else default export import const let var function async await static public private protected this self super int string boolean bool new end begin pass try catch finally throw throws then done fi esac endif'.split(
    ' ',
  ),
);
/** The words of a line. */
export const words = (key: string): string[] => key.match(isAscii(key) ? /\w+/g : /[\p{L}\p{N}_]+/gu) ?? [];

/** Whether a text has a letter, a digit or a `_`. */
export const hasLetters = (text: string): boolean => /\w/.test(text) || (!isAscii(text) && /[\p{L}\p{N}]/u.test(text));

/** How many letters, digits and `_` a text has. */
export function countLetters(text: string): number {
  if (!isAscii(text)) return words(text).reduce((sum, word) => sum + word.length, 0);
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isAsciiLetter(text.charCodeAt(at))) count++;
  return count;
}

/** Whether `\w` means it. */
const isAsciiLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** How many letters, digits and `_` texts have, all together. */
export const countLettersIn = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + countLetters(text), 0);

/**
 * Characters of words that are not in every other line of code; of a long line, in its beginning, which tells as well.
 */
export const weight = (key: string): number =>
  words(key.slice(0, LONG_FROM)).reduce((sum, word) => (COMMON.has(word.toLowerCase()) ? sum : sum + word.length), 0);

/** From this weight on a line tells where it comes from beside a neighbour of the same place. */
export const MIN_BLOCK_WEIGHT = 3;
/** A line that tells by itself where it comes from. */
export const isDistinctive = (key: string): boolean => weight(key) >= 8;

/** A line that says what a file uses: whoever needs the same writes the same. */
export const isImport = (key: string): boolean =>
  /^(?:import|from|using?|require|include|package|#\s*include)\b|^export\b.*\bfrom\b|=\s*require\b/.test(key);

/** A line that two do not write by chance. */
export const identifiesAlone = (key: string): boolean => weight(key) >= 14 && !isImport(key);

/** So many letters and digits tell a text, or a change, from another one. */
export const MIN_IDENTIFYING_LETTERS = 8;
