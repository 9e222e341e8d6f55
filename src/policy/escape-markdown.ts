/**
 * Text from outside inside Markdown (GitHub's flavour and the like). Nothing in it becomes a link, a mention, a closing
 * keyword, HTML, a heading or a table cell: whatever is not plain prose is shown as code.
 */
import { escaped, shortenMiddle, visible } from './escape-untrusted';

const LONGEST_NAME = 120;

/**
 * A code span, also safe in a table. Backticks, pipes and backslashes in it are escaped, so it always ends where we end
 * it.
 */
export function code(text: string): string {
  const content = shortenMiddle(visible(text), LONGEST_NAME)
    .replace(/[`|]|^ | $/g, escaped)
    .replace(/\\$/, '\\x5c');
  return content === '' ? '(empty)' : `\`${content}\``;
}

/** Prose on one line. Its own code spans stay; words with a meaning to a forge or to Markdown become code. */
export function prose(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim())
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : part.split(' ').map(word).join(' ')))
    .join('');
}

/** `@login` or `@group/team` if a forge would accept the name as one; otherwise the name as code. */
export function mention(name: string): string {
  return /^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(name) ? `@${name}` : code(name);
}

/**
 * Letters, digits and the punctuation of sentences; `%` only after a digit and `!` only at the end, since elsewhere
 * they are references.
 */
const PLAIN_WORD =
  /^["'(\u2018\u201C]*(?:[\p{L}\p{M}\p{N}./:;,'"()=?\u2018\u2019\u201C\u201D\u2026\u2013\u2014-]|(?<=\d)%)*!?$/u;
const MEANS_SOMETHING = /:\/\/|\bwww\.|\bGH-\d/i;

function word(text: string): string {
  if (text === '') return '';
  if (text === '&' || (PLAIN_WORD.test(text) && !MEANS_SOMETHING.test(text))) return text;
  const [, name = text, end = ''] = /^(.*[^.,;:])([.,;:]+)$/.exec(text) ?? [];
  return `${code(name)}${end}`;
}
