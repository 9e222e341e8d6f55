/** Which program a word names. */
import type { Word } from '../words/invocation';

/** A program's name without its folder. */
export function nameOf(word: Word | undefined): string {
  if (word === undefined) return '';
  const { text } = word;
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return name.includes('.') ? name.replace(/\.(?:exe|cmd)$/i, '') : name;
}
