/** Patterns that are lists of words: one can see what is in them, and that nothing is there twice. */

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
