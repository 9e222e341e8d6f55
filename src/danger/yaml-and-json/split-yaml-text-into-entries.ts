/** Cuts the text of a YAML collection into its entries, without parsing it. */

/** Some lines of a text. */
export interface Lines {
  readonly text: string;
  /** Lines of the file before them. */
  readonly above: number;
}

/** The entries of a block map or a block list, each with the comments after it; the first one with those before it too. */
export interface Pieces {
  readonly isList: boolean;
  /** How far the entries are indented. */
  readonly indent: number;
  readonly all: readonly Lines[];
}

/** The key of an entry, as most are written. */
const KEY = /(?:[\w./$-][\w ./$@{}*+<>()-]{0,200}|"[^"\\\n]{0,200}"|'[^'\n]{0,200}'):(?=[ \t\r\n]|$)/y;
/** What refers to another place of the document, or is merged from there. */
const REFERS = /(?:^|[\s[{,:-])(?:[&*][^\s&*]|<<)/;
/** What a line begins with that is nobody's entry; the empty text is in it too, where the file ends. */
const SKIPPED = '\r\n#';
const MARKER = /^---[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/;

/** Whether what one part of a document means may depend on another part. */
export const isEntangled = (text: string): boolean => REFERS.test(text);

/**
 * Undefined where the text is something else, or may be. An entry by itself need not be whole, as where a quoted text goes
 * on at its margin: who parses one has to look.
 */
export function piecesOf({ text, above }: Lines): Pieces | undefined {
  const starts: { readonly at: number; readonly above: number }[] = [];
  let [indent, isList] = [-1, false];
  let from = MARKER.exec(text)?.[0].length ?? 0;
  for (let line = above + (from > 0 ? 1 : 0); from < text.length; line++) {
    const end = text.indexOf('\n', from);
    let first = from;
    while (text.charCodeAt(first) === 32) first++;
    const column = first - from;
    from = end < 0 ? text.length : end + 1;
    if (SKIPPED.includes(text.charAt(first)) || (indent >= 0 && column > indent)) continue;
    const isItem = text.charAt(first) === '-' && /[ \t\r\n]/.test(text.charAt(first + 1) || '\n');
    if (indent < 0) [indent, isList] = [column, isItem];
    if (column < indent) return undefined;
    if (!isItem) {
      KEY.lastIndex = first;
      if (isList || !KEY.test(text)) return undefined;
    } else if (!isList) continue; // an item of an entry's list that is not indented
    starts.push(starts.length === 0 ? { at: 0, above } : { at: first - column, above: line });
  }
  const all = starts.map(({ at, above: before }, index) => ({
    text: text.slice(at, starts[index + 1]?.at),
    above: before,
  }));
  return all.length === 0 ? undefined : { isList, indent, all };
}

/** The key of an entry that holds nothing but what stands below it, and that. */
export interface Nested {
  readonly key: string;
  /** 1-based. */
  readonly line: number;
  readonly below: Lines;
}

const OPENING = /^(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*\r?\n){0,200}/;
const HEADER = /^ *([\w./$-]{1,200}):[ \t]*(?: #[^\n]*)?\r?\n/;

/** Undefined where there is something beside the key. */
export function nestedIn({ text, above }: Lines): Nested | undefined {
  const opening = OPENING.exec(text)?.[0] ?? '';
  const header = HEADER.exec(text.slice(opening.length, opening.length + 1000));
  if (header === null) return undefined;
  const before = above + breaksIn(opening);
  return {
    key: header[1] ?? '',
    line: before + 1,
    below: { text: text.slice(opening.length + header[0].length), above: before + 1 },
  };
}

export function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
