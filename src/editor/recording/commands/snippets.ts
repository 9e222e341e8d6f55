/**
 * The texts that a person's snippets put in: those of the folder, of the person and of extensions. What is one of them
 * to the letter is no assistant's. Their files come from outside: what can't be read is no snippet.
 */
import { readFile, stat } from 'node:fs/promises';
import { parse } from 'jsonc-parser';

/** The text as it is put in, without indentation; between its pieces stand values that the editor looks up. */
export type SnippetText = readonly string[];

/** Bytes of a file. */
const LARGEST = 1_000_000;
/** Characters, but for white space, that tell a snippet from any other text. */
const LEAST = 8;
/** Nested places. */
const DEEPEST = 20;

/** What stands in a snippet: text, a place that may have one, or a value (null). */
type Part = string | { readonly place: string; readonly text?: readonly Part[] } | null;

/** Stands for the clipboard's text: in a snippet, and in a text that is looked for. */
export const CLIPBOARD = '\uFFFC';

/** What the editor puts in for a variable: never a text of somebody's. */
const VARIABLE =
  /^(?:TM_(?!SELECTED_TEXT)|CURRENT_|RANDOM|UUID$|WORKSPACE_|RELATIVE_|CURSOR_|BLOCK_COMMENT_|LINE_COMMENT$)/;

const withoutIndentation = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, '\n');

/** Undefined for one that could put in anything, and for one that says too little. */
export function snippetText(body: string): SnippetText | undefined {
  const [parts] = partsFrom(body, 0, 0);
  if (parts === undefined) return undefined;
  const defaults = new Map<string, readonly Part[]>();
  collect(parts, defaults);
  const pieces: string[] = [''];
  const put = (all: readonly Part[], depth: number): void => {
    for (const part of all) {
      if (part === null) pieces.push('');
      else if (typeof part === 'string') pieces.push(`${pieces.pop() ?? ''}${part}`);
      else if (depth < DEEPEST) put(part.text ?? defaults.get(part.place) ?? [], depth + 1);
    }
  };
  put(parts, 0);
  return pieces.join('').replace(/\s/g, '').length < LEAST ? undefined : pieces.map(withoutIndentation);
}

function collect(parts: readonly Part[], defaults: Map<string, readonly Part[]>): void {
  for (const part of parts) {
    if (part === null || typeof part === 'string' || !part.text) continue;
    if (!defaults.has(part.place)) defaults.set(part.place, part.text);
    collect(part.text, defaults);
  }
}

const SIMPLE = /\$(?:(\d+)|([A-Za-z_]\w*))/y;
const OPENED = /\$\{(?:(\d+)|([A-Za-z_]\w*))/y;
const CHOICE = /\|([^,|]*)(?:,[^|]*)?\|\}/y;
const TRANSFORM = /\/(?:\\.|[^\\/])*\/(?:\\.|\$\{[^}]*\}|\$(?!\{)|[^\\/$])*\/\w*\}/y;

/** The parts from a place on, to the end or the bracket that closes the place around them, and where that is. */
function partsFrom(body: string, from: number, depth: number): readonly [readonly Part[] | undefined, number] {
  const parts: Part[] = [];
  let at = from;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(body);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < body.length) {
    const simple = take(SIMPLE);
    const opened = simple ?? take(OPENED);
    if (opened) {
      const [, place, variable] = opened;
      const isClipboard = variable === 'CLIPBOARD';
      if (variable !== undefined && !isClipboard && !VARIABLE.test(variable)) return [undefined, at];
      let text: readonly Part[] | undefined;
      let isChanged = false;
      if (simple === null) {
        const choice = take(CHOICE);
        isChanged = choice === null && take(TRANSFORM) !== null;
        if (choice) text = [choice[1] ?? ''];
        else if (!isChanged && body[at] === ':' && depth < DEEPEST) [text, at] = partsFrom(body, at + 1, depth + 1);
        else if (!isChanged && body[at] === '}') at++;
        else if (!isChanged) return [undefined, at];
      }
      if (isClipboard) parts.push(isChanged ? null : CLIPBOARD);
      else parts.push(variable === undefined && !isChanged ? { place: place ?? '', ...(text ? { text } : {}) } : null);
    } else if (depth > 0 && body[at] === '}') return [parts, at + 1];
    else {
      if (body[at] === '\\' && /[$}\\]/.test(body[at + 1] ?? '')) at++;
      parts.push(body[at] ?? '');
      at++;
    }
  }
  return depth > 0 ? [undefined, at] : [parts, at];
}

/** Whether a text is that of a snippet; a value stays in its line. */
export function isTextOf(inserted: string, pieces: SnippetText): boolean {
  const text = withoutIndentation(inserted);
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  let at = first.length;
  if (end < at || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end || text.slice(at, found).includes('\n')) return false;
    at = found + piece.length;
  }
  return !text.slice(at, end).includes('\n');
}

/** The snippets of files, which are read again when they have changed. */
export class Snippets {
  private readonly read = new Map<string, { readonly changed: number; readonly texts: readonly SnippetText[] }>();

  /** Whether each text is that of a snippet in one of the files. */
  async haveAll(texts: readonly string[], files: readonly string[]): Promise<boolean> {
    let unknown = texts;
    for (const file of files) {
      if (unknown.length === 0) break;
      const snippets = await this.textsIn(file);
      unknown = unknown.filter((text) => !snippets.some((snippet) => isTextOf(text, snippet)));
    }
    return unknown.length === 0;
  }

  private async textsIn(file: string): Promise<readonly SnippetText[]> {
    try {
      const { mtimeMs: changed, size } = await stat(file);
      const known = this.read.get(file);
      if (known?.changed === changed) return known.texts;
      const texts = size > LARGEST ? [] : textsOf(parse(await readFile(file, 'utf8')));
      this.read.set(file, { changed, texts });
      return texts;
    } catch {
      return []; // there is none
    }
  }
}

function textsOf(snippets: unknown): readonly SnippetText[] {
  if (typeof snippets !== 'object' || snippets === null) return [];
  return Object.values(snippets).flatMap((snippet: unknown) => {
    const body: unknown =
      typeof snippet === 'object' && snippet !== null && 'body' in snippet ? snippet.body : undefined;
    const lines: readonly unknown[] = Array.isArray(body) ? body : [body];
    const text = lines.every((line) => typeof line === 'string') ? snippetText(lines.join('\n')) : undefined;
    return text ? [text] : [];
  });
}
