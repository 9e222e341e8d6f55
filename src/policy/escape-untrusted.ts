/**
 * Text from outside (names of files, branches, models, people) made safe to display.
 */

/**
 * Invisible characters: controls, format and bidirectional marks, lone surrogates, line separators, unusual spaces.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * `text` with every invisible character written as `\xNN` or `\u{NNNN}`, so that it stays on one line and shows all.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** A character as an escape known from string literals. */
export function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}

/** At most `limit` characters, with `…` for what was cut from the middle. Never splits a character. */
export function shortenMiddle(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return [...characters.slice(0, head), '…', ...characters.slice(characters.length - (limit - 1 - head))].join('');
}

/** One word of a shell command, quoted where it needs to be (POSIX shells). */
export function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
