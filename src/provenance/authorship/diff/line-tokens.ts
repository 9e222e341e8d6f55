/** Lines of code as words, and which of them distinguish one line from another. */
import type { Splice } from './splice';
import { LONG_FROM, Steps } from './step-budget';

/**
 * What a formatter changes without changing the meaning: white space, commas, semicolons and quotes (rule 2
 * of docs/dev/attribution.md).
 */
export const NEUTRAL = /[\s,;'"`]/;
/** A text without what a formatter may change. */
export const withoutFormatting = (text: string): string => text.replace(/[\s,;'"`]+/g, '');

/** True when a text holds nothing but what a formatter may change. */
export const isFormattingOnly = (text: string): boolean => withoutFormatting(text) === '';

/**
 * In such a text, `\w` covers all letters, digits and `_`. Building the set of all Unicode letters costs a hook a
 * millisecond.
 */
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Words, runs of white space, line breaks and single marks. */
export function tokens(text: string): string[] {
  const found =
    text.match(
      isAscii(text) ? /\r?\n|[^\S\r\n]+|\r|\w+|[^\s\w]/g : /\r?\n|[^\S\r\n]+|\r|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu,
    ) ?? [];
  Steps.split(found.length);
  return found;
}

/** A splice without the prefix and suffix that both sides share. */
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

/** Whether `\w` matches this character code. */
const isAsciiLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** How many letters, digits and `_` the texts have, all together. */
export const countLettersIn = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + countLetters(text), 0);

/**
 * The number of characters in words that are not common to most code; for a long line, in its beginning, which is
 * distinctive enough.
 */
export const weight = (key: string): number =>
  words(key.slice(0, LONG_FROM)).reduce((sum, word) => (COMMON.has(word.toLowerCase()) ? sum : sum + word.length), 0);

/** From this weight on, a line next to a neighbour from the same place shows where it comes from. */
export const MIN_BLOCK_WEIGHT = 3;
/** A line that shows on its own where it comes from. */
export const isDistinctive = (key: string): boolean => weight(key) >= 8;

/** A line that declares what a file uses: anyone who needs the same writes the same. */
export const isImport = (key: string): boolean =>
  /^(?:import|from|using?|require|include|package|#\s*include)\b|^export\b.*\bfrom\b|=\s*require\b/.test(key);

/** A line that two people do not write independently by chance. */
export const identifiesAlone = (key: string): boolean => weight(key) >= 14 && !isImport(key);

/** This many letters and digits distinguish one text or change from another. */
export const MIN_IDENTIFYING_LETTERS = 8;
