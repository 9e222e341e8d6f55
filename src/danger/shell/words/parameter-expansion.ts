/** How a shell expands a variable's value. Pure. */
import { fits } from './glob';

/** Longer values are not expanded: each position in them is tried. */
const LONGEST = 300;
/** The same where every substring is tried. */
const LONGEST_WITH_PATTERN = 64;

/**
 * The value of `${NAME<operator><rest>}` in bash: `#`, `##`, `%`, `%%`, `/`, `//`, `/#`, `/%`, `,`, `,,`, `^`, `^^` and
 * `:`. `read` returns the text of a part of `rest`. Undefined where unknown.
 */
export function changed(
  value: string,
  operator: string,
  rest: string,
  read: (text: string) => string | undefined,
): string | undefined {
  if (value.length > LONGEST) return undefined;
  if (operator.startsWith(',')) return cased(value, operator, (text) => text.toLowerCase());
  if (operator.startsWith('^')) return cased(value, operator, (text) => text.toUpperCase());
  if (operator === ':') return part(value, rest);
  if (operator.startsWith('/')) {
    const [, wanted = '', by = ''] = /^((?:\\[^]|[^/\\])*)(?:\/([^]*))?$/.exec(rest) ?? [];
    const [pattern, replacement] = [read(wanted), read(by)];
    const long = value.length > LONGEST_WITH_PATTERN && /[*?[]/.test(pattern ?? '');
    if (pattern === undefined || replacement === undefined || long) return undefined;
    return replaced(value, operator, pattern, replacement);
  }
  const pattern = read(rest);
  return pattern === undefined ? undefined : trimmed(value, operator, pattern);
}

const cased = (value: string, operator: string, change: (text: string) => string): string =>
  operator.length > 1 ? change(value) : change(value.charAt(0)) + value.slice(1);

function part(value: string, rest: string): string | undefined {
  const [, from, length] = /^\s*\(?\s*(-?\d+)\s*\)?(?::\s*(-?\d+))?$/.exec(rest) ?? [];
  if (from === undefined) return undefined;
  const begin = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
  return value.slice(
    begin,
    length === undefined ? undefined : Number(length) < 0 ? value.length + Number(length) : begin + Number(length),
  );
}

function trimmed(value: string, operator: string, pattern: string): string {
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  if (operator.length > 1) lengths.reverse();
  const front = operator.startsWith('#');
  const found = lengths.find((length) =>
    fits(pattern, front ? value.slice(0, length) : value.slice(value.length - length)),
  );
  return found === undefined ? value : front ? value.slice(found) : value.slice(0, value.length - found);
}

function replaced(value: string, operator: string, pattern: string, replacement: string): string {
  if (pattern === '') return value;
  if (!/[*?[]/.test(pattern) && operator.length < 3 && !/[#%]$/.test(operator))
    return operator === '//' ? value.replaceAll(pattern, () => replacement) : value.replace(pattern, () => replacement);
  let made = '';
  for (let at = 0; at < value.length;) {
    const last = operator === '/%' ? value.length : undefined;
    const end = last === undefined ? ends(value, at, pattern) : fits(pattern, value.slice(at)) ? last : undefined;
    if (end === undefined || end === at) {
      if (operator === '/#') return value;
      made += value.charAt(at++);
      continue;
    }
    made += replacement;
    at = end;
    if (operator !== '//') return made + value.slice(at);
  }
  return made;
}

/** The end of the longest match that begins here. */
function ends(value: string, at: number, pattern: string): number | undefined {
  for (let end = value.length; end > at; end--) if (fits(pattern, value.slice(at, end))) return end;
  return undefined;
}
