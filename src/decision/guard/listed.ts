/** What programs list, as far as their words tell. */
import type { Invocation, Word } from './shell-words';

/** A program's name without its folder. */
export const nameOf = (word: Word | undefined): string => (word?.text.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd)$/i, '');

/** What `find` and `ls` list, as a pattern; with `-name` when that is told. */
export function listedBy({ words }: Invocation): Word | undefined {
  const name = nameOf(words[0]);
  if (name === 'find') return { text: foundBy(words), open: false };
  if (!/^(?:ls|fd|rg|git)$/.test(name)) return undefined;
  const listing = name === 'git' ? words.findIndex((word) => word.text === 'ls-files') + 1 : 0;
  const places = words.slice(Math.max(1, listing)).filter((word) => !word.text.startsWith('-') && !word.open && (listing > 0 || word.text.includes('/')));
  if (name === 'ls' && words.every((word, index) => index === 0 || word.text.startsWith('-'))) return { text: './*', open: false };
  return places.length === 0 ? undefined : { text: places.map((word) => `${word.text}/**`).join(' '), open: false };
}

export function foundBy(words: readonly Word[]): string {
  const start = words.slice(1).find((word) => !word.text.startsWith('-') && !word.open)?.text ?? '.';
  const name = words.findIndex((word) => /^-i?name$/.test(word.text));
  const pattern = name < 0 || words[name - 1]?.text === '!' || words[name - 1]?.text === '-not' ? undefined : words[name + 1]?.text;
  return `${start}/**${pattern === undefined ? '' : `/${pattern}`}`;
}
