/**
 * Names that a person or a file system mistakes for others: the same path in plain letters. A file belongs to the
 * highest tier that either of its two spellings gives.
 *
 * The letters are those of Unicode's confusables (UTS #39) that look like a Latin lower-case letter, a digit or a sign
 * of paths in most fonts.
 */

const CYRILLIC_AND_GREEK: readonly (readonly [letters: string, looks: string])[] = [
  ['аɑα', 'a'],
  ['ЬƄ', 'b'],
  ['сϲ', 'c'],
  ['ԁ', 'd'],
  ['еҽ', 'e'],
  ['ɡ', 'g'],
  ['һ', 'h'],
  ['іɩιıӏ', 'i'],
  ['јϳ', 'j'],
  ['κк', 'k'],
  ['ⅼǀ', 'l'],
  ['м', 'm'],
  ['ո', 'n'],
  ['оοσօ', 'o'],
  ['рρ', 'p'],
  ['ԛ', 'q'],
  ['г', 'r'],
  ['ѕ', 's'],
  ['т', 't'],
  ['υսц', 'u'],
  ['νѵ', 'v'],
  ['ѡԝ', 'w'],
  ['хχ', 'x'],
  ['уγү', 'y'],
  ['ᴢ', 'z'],
  ['․', '.'],
  ['‐‑–−', '-'],
  ['∕⁄⧸', '/'],
];

const LOOKS: ReadonlyMap<string, string> = new Map(
  CYRILLIC_AND_GREEK.flatMap(([letters, looks]) => [...letters].map((letter) => [letter, looks] as const)),
);

/** The path as it looks, or as Windows writes it; undefined when that is the path itself. */
export function lookalikeOf(path: string): string | undefined {
  if (/^[\x21-\x7e]*$/.test(path) && !/\.(?:\/|$)/.test(path)) return undefined;
  const plain = Array.from(
    path
      .normalize('NFKC')
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      .toLowerCase(),
    (letter) => LOOKS.get(letter) ?? letter,
  ).join('');
  // Windows drops dots and spaces at the end of a name. A name that consists of nothing else stays.
  const written = plain
    .split('/')
    .map((name) => name.replace(/(?<=[^. ])[. ]+$/, ''))
    .join('/');
  return written === path.normalize('NFC').toLowerCase() ? undefined : written;
}
