/** Long regular expressions from parts that can be read one by one. */

interface Around {
  /** What stands before and after the words. */
  readonly before?: string;
  readonly after?: string;
  readonly flags?: string;
}

/** A pattern of alternatives, which are written as words with spaces between them; `\s` stands for one inside a word. */
/* @__NO_SIDE_EFFECTS__ */
export const anyOf = (words: string, { before = '^(?:', after = ')$', flags = '' }: Around = {}): RegExp =>
  new RegExp(`${before}${words.trim().split(/\s+/).join('|')}${after}`, flags);

/** Whatever one of these matches, each as it would alone, with the flags of the first. */
/* @__NO_SIDE_EFFECTS__ */
export const either = (...parts: readonly [RegExp, ...RegExp[]]): RegExp =>
  new RegExp(parts.map(({ source }) => source).join('|'), parts[0].flags);

/** A set of words that are written with spaces between them. */
/* @__NO_SIDE_EFFECTS__ */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** A path that ends with one of these names. Case does not matter. */
/* @__NO_SIDE_EFFECTS__ */
export const fileNamed = (names: string): RegExp => anyOf(names, { before: '(?:^|/)(?:', flags: 'i' });

/** A text as a pattern that matches it literally. */
export const escapedPattern = (text: string): string => text.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&');
