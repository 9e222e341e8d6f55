/**
 * The path of a position in a policy's text, by indentation and brackets. Works even on text that is being written and
 * that no parser accepts. Pure.
 */

export interface Cursor {
  /** Keys and indexes (always 0 in lists) that lead to the position. */
  readonly path: readonly (string | number)[];
  /** Whether a key or a value belongs there. */
  readonly at: 'key' | 'value';
  /** The word at the position, and its columns (0-based, end exclusive). */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Sibling keys that are already there. */
  readonly siblings: readonly string[];
}

/** At most this many lines above are examined. */
const LINES_AT_MOST = 5_000;

const KEY = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([\w.@/-]+))\s*:(?=\s|$)/;

/** @param line 0-based. @param column 0-based, in UTF-16 units. */
export function cursorIn(lines: readonly string[], line: number, column: number): Cursor {
  const text = lines[line] ?? '';
  const before = text.slice(0, column);
  const start = before.length - (/[\w.@/*-]*$/.exec(before)?.[0].length ?? 0);
  const end = column + (/^[\w.@/*-]*/.exec(text.slice(column))?.[0].length ?? 0);
  const word = text.slice(start, end);
  const key = KEY.exec(text);
  const colon = key ? key[0].length : -1;
  const dashes = key?.[2] ?? /^\s*((?:- +)*)/.exec(text)?.[1] ?? '';
  const indent = (/^\s*/.exec(text)?.[0].length ?? 0) + dashes.length;
  const above = pathAbove(
    lines,
    line,
    key || dashes !== '' || text.trim() !== '' ? indent : Math.min(indent, column),
    dashes !== '',
  );
  if (key && column >= colon) {
    const path = [...above.path, key[3] ?? key[4] ?? key[5] ?? ''];
    return inFlow(path, text.slice(colon, start), { word, start, end });
  }
  if (!key && dashes !== '' && !/^\s*(?:- +)*[\w-]*$/.test(before))
    return inFlow(above.path, text.slice(indent, start), { word, start, end });
  return {
    path: above.path,
    at: above.isList && !key && dashes !== '' ? 'value' : 'key',
    word,
    start,
    end,
    siblings: siblingsOf(lines, line, indent),
  };
}

/** Inside `{ from: senior, approvals: 1 }` or `[a, b]`. */
function inFlow(
  path: readonly (string | number)[],
  written: string,
  place: Pick<Cursor, 'word' | 'start' | 'end'>,
): Cursor {
  const open: { key: string | number | null; keys: string[]; isMap: boolean }[] = [];
  let word = '';
  let key: string | null = null;
  for (const char of written) {
    const top = open.at(-1);
    if (char === '{' || char === '[') {
      if (top && key !== null) top.key = key;
      open.push({ key: char === '[' ? 0 : null, keys: [], isMap: char === '{' });
      [word, key] = ['', null];
    } else if (char === '}' || char === ']') {
      open.pop();
      [word, key] = ['', null];
    } else if (char === ',') {
      if (top?.isMap === true) top.key = null;
      [word, key] = ['', null];
    } else if (char === ':' && top?.isMap === true) {
      key = word.trim().replace(/^["']|["']$/g, '');
      top.key = key;
      top.keys.push(key);
      word = '';
    } else word += char;
  }
  const inside = open.flatMap((one) => (one.key === null ? [] : [one.key]));
  const top = open.at(-1);
  return {
    path: [...path, ...inside],
    at: top?.isMap === true && top.key === null ? 'key' : 'value',
    ...place,
    siblings: top?.keys ?? [],
  };
}

/** The path of the mapping or list that a line with this indentation is part of. */
function pathAbove(
  lines: readonly string[],
  line: number,
  indent: number,
  isItem: boolean,
): { readonly path: readonly (string | number)[]; readonly isList: boolean } {
  const path: (string | number)[] = [];
  let depth = indent;
  let item = isItem;
  const isList = isItem;
  if (isItem) depth = /^\s*/.exec(lines[line] ?? '')?.[0].length ?? 0;
  if (item) path.unshift(0);
  for (let at = line - 1; at >= 0 && at > line - LINES_AT_MOST; at--) {
    const text = lines[at] ?? '';
    if (text.trim() === '' || text.trim().startsWith('#')) continue;
    const key = KEY.exec(text);
    const dashes = key?.[2] ?? '';
    const outer = /^\s*/.exec(text)?.[0].length ?? 0;
    const inner = outer + dashes.length;
    if (!item && dashes !== '' && inner === depth) {
      path.unshift(0);
      [depth, item] = [outer, true];
      continue;
    }
    if (key && (inner < depth || (item && inner <= depth && dashes === ''))) {
      path.unshift(key[3] ?? key[4] ?? key[5] ?? '');
      [depth, item] = [inner, false];
      if (dashes !== '') {
        path.unshift(0);
        [depth, item] = [outer, true];
      }
    }
    if (depth === 0 && !item) break;
  }
  return { path, isList };
}

function siblingsOf(lines: readonly string[], line: number, indent: number): string[] {
  const found: string[] = [];
  for (const step of [-1, 1]) {
    for (let at = line + (step < 0 ? 0 : 1); at >= 0 && at < lines.length; at += step) {
      const text = lines[at] ?? '';
      if (text.trim() === '' || text.trim().startsWith('#')) continue;
      const key = KEY.exec(text);
      const inner = (/^\s*/.exec(text)?.[0].length ?? 0) + (key?.[2]?.length ?? 0);
      if (inner < indent) break;
      if (at !== line && key && inner === indent) found.push(key[3] ?? key[4] ?? key[5] ?? '');
      if (step < 0 && key && inner === indent && (key[2] ?? '') !== '') break;
      if (step > 0 && /^\s*- /.test(text) && (/^\s*/.exec(text)?.[0].length ?? 0) < indent) break;
    }
  }
  return found;
}
