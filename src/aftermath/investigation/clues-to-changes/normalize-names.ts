/** Names as they are written in different places: `orders-api`, `orders_api` and `ordersApi` are one name. */

/** Lower case, without what stands between its parts. */
export const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A name of many parts is looked for by at most so many of them. */
const PARTS_AT_MOST = 6;

/**
 * A name of several parts, folded: whole, and each run of its parts, such as `orders` and `ordersapi` of
 * `shop-orders-api`.
 */
export function runsOf(name: string): readonly string[] {
  const parts = name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .slice(0, PARTS_AT_MOST);
  const runs = parts.flatMap((_, from) => parts.slice(from).map((__, to) => parts.slice(from, from + to + 1).join('')));
  return [...new Set([folded(name), ...runs.map(folded)])].filter((run) => run.length > 2);
}

const TOKEN = /[\p{L}\p{N}_$][\p{L}\p{N}_$./@:-]*/gu;

/** The names in a line, folded: its words, whole and by what dots, slashes and colons divide. */
export function namesIn(line: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [token] of line.matchAll(TOKEN)) {
    names.add(folded(token));
    if (/[./@:]/.test(token)) for (const part of token.split(/[./@:]+/)) names.add(folded(part));
  }
  // An index is called by its table.
  if (/index/i.test(line))
    for (const [token] of line.matchAll(/[\p{L}][\p{L}\p{N}]*(?=_)/gu)) if (token.length > 3) names.add(folded(token));
  names.delete('');
  return names;
}
