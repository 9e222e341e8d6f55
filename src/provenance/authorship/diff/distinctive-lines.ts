/** Which lines show on their own where they come from. */
import { words } from './tokens-and-letter-counts';
import { LONG_FROM } from './step-budget';

const COMMON = new Set(
  'return null true false none nil undefined void break continue else default export import const let var function async await static public private protected this self super int string boolean bool new end begin pass try catch finally throw throws then done fi esac endif'.split(
    ' ',
  ),
);

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
