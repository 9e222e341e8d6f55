/**
 * The co-authors that a message names, as people write them: with an address in angle brackets, or with a bare address,
 * a login, a name alone, several on one line, or folded over two lines.
 */

/** Exactly one of `email` and `login` is there, or neither: then only a name is known. */
export interface CoAuthor {
  readonly name: string;
  readonly email?: string;
  readonly login?: string;
}

/**
 * Anywhere in a message: a tool that appends text may have pushed them out of the last paragraph, and a squash puts them
 * into a list. The kernel says co-developed, and pairs say so with a trailer of their own.
 */
const CO_AUTHOR =
  /^[ \t]*(?:[*+>-][ \t]+)*(?:co[-_ \u2010-\u2015]{0,2}(?:author|developed|written)(?:ed)?(?:[-_ \u2010-\u2015]?by)?|pair(?:ed|[-_ ]programmed)?[-_ ](?:with|by))[ \t]*[:\uff1a](.*(?:\r?\n[ \t]+\S.*)*)/gim;
/** What each of these has, so that most messages cost one look. */
const HINT = /author|developed|written|pair/i;
/** No message has more, and one that names more is crafted to be slow. */
const MOST = 100;
const LONGEST = 2_000;

const ADDRESS = /[^\s<>(),;:"'@]+@[^\s<>(),;:"'@]+/g;
const APART = /[,;&/|]|\s(?:and|und|et|y)\s/i;

export function coAuthorsOf(message: string): readonly CoAuthor[] {
  if (!HINT.test(message)) return [];
  const values = [...message.matchAll(CO_AUTHOR)].map((match) =>
    (match[1] ?? '').replace(/\s+/g, ' ').slice(0, LONGEST),
  );
  return values.flatMap(namedIn).slice(0, MOST);
}

function namedIn(value: string): readonly CoAuthor[] {
  const found: CoAuthor[] = [];
  let at = 0;
  for (const match of value.matchAll(ADDRESS)) {
    const before = value.slice(at, match.index).split(APART);
    const name = clean(before.pop() ?? '');
    found.push(...before.flatMap(withoutAddress), { name, email: match[0] });
    at = match.index + match[0].length;
  }
  return [...found, ...value.slice(at).split(APART).flatMap(withoutAddress)];
}

/** A word may be a login; several are a name, unless each is one with `@`. */
function withoutAddress(text: string): readonly CoAuthor[] {
  const name = clean(text);
  if (!/[\p{L}\p{N}]/u.test(name)) return [];
  const words = name.split(' ');
  const isLogins = words.every((word) => /^@[\w.-]+(?:\[bot\])?$/.test(word));
  const logins = isLogins ? words : words.length === 1 && /^[\w.-]+(?:\[bot\])?$/.test(name) ? [name] : [];
  return logins.length === 0 ? [{ name }] : logins.map((login) => ({ name, login: login.replace(/^@/, '') }));
}

const clean = (text: string): string =>
  text
    .replace(/[<>()"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
