/** Lines of code as words, and how many letters they have. */
import { Steps } from './step-budget';

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
