/** Long regular expressions from parts that can be read one by one. */

interface Around {
  /** What stands before and after the words. */
  readonly before?: string;
  readonly after?: string;
  readonly flags?: string;
}

/**
 * A pattern of alternatives, which are written as words with spaces between them; `\s` stands for one inside a word.
 * Where it may match anywhere in a text, words with the same beginning are joined: in a process that has built many
 * patterns, V8 no longer does so itself, and tries each word at each place (20 times slower on a line of a megabyte).
 */
/* @__NO_SIDE_EFFECTS__ */
export function anyOf(words: string, { before = '^(?:', after = ')$', flags = '' }: Around = {}): RegExp {
  const list = words.trim().split(/\s+/);
  return new RegExp(
    `${before}${(before.startsWith('^') ? list : joined(list, flags.includes('i'))).join('|')}${after}`,
    flags,
  );
}

/** A first character that stands for itself, in a word without alternatives of its own outside of brackets. */
const BEGINNING = /^\w(?![?*+{])(?=(?:[^|([]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])*$)/;

/** The same alternatives in the same order of preference: only neighbours that no pattern stands between are joined. */
function joined(words: readonly string[], ignoresCase: boolean): readonly string[] {
  const alternatives: string[] = [];
  let groups = new Map<string, string[]>();
  const close = (): void => {
    for (const [first, rests] of groups)
      alternatives.push(
        rests.length === 1
          ? first + rests.join('')
          : `${first}(?:${(rests.includes('') ? rests : joined(rests, ignoresCase)).join('|')})`,
      );
    groups = new Map();
  };
  for (const word of words)
    if (BEGINNING.test(word)) {
      const first = ignoresCase ? word.charAt(0).toLowerCase() : word.charAt(0);
      groups.set(first, [...(groups.get(first) ?? []), word.slice(1)]);
    } else {
      close();
      alternatives.push(word);
    }
  close();
  return alternatives;
}

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
