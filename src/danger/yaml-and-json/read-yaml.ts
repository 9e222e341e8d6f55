/**
 * Reads YAML as trees. Bounded: neither depth, aliases nor size can make it slow. Half-written YAML yields no tree.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import { breaksIn, type Lines } from './split-yaml-text-into-entries';
import { DEEPEST, shifted, textOnLine, type Tree } from './tree';

/** Larger documents are not read. Characters. */
const LARGEST = 300_000;

/**
 * At most this many parts in a document, counting those that an alias repeats: a small file of aliases can expand to a
 * giant.
 */
export const MOST_PARTS = 100_000;

/** Deeper flow collections are not read: the parser would overflow its stack. */
const DEEPEST_FLOW = 500;

/** A document of a YAML file, as text. */
export type Part = Lines;

/** The documents of a file. A line that starts with `---` begins one wherever it is, even in a block scalar. */
export function documentsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let above = 0;
  const marker = /^---(?=[ \t\r\n]|$)/gm;
  for (let found = marker.exec(text); found !== null; found = marker.exec(text)) {
    if (found.index === 0) continue;
    const part = text.slice(from, found.index);
    parts.push({ text: part, above });
    above += breaksIn(part);
    from = found.index;
  }
  parts.push({ text: text.slice(from), above });
  return parts;
}

/** Whether a document is too large or too deep to be read. */
export const isTooMuch = ({ text }: Part): boolean => text.length > LARGEST || tooDeep(text);

/** The data of one document: null when there is none, undefined when it cannot be read. */
export const readYaml = (part: Part): Tree | null | undefined =>
  isTooMuch(part) ? undefined : documents.read(part, '', () => readYamlAnew(part));

/** Remembers what a document was read as in another way. */
export const rememberYaml = (part: Part, tree: Tree | null | undefined): void => {
  documents.keep(part, '', tree);
};

/** Like {@link readYaml}, and never what is remembered. */
export function readYamlAnew(part: Part): Tree | null | undefined {
  if (isTooMuch(part)) return undefined;
  try {
    const { document, lines } = parsed(part);
    if (document.errors.some(({ code }) => code !== 'MULTIPLE_DOCS' && code !== 'TAB_AS_INDENT')) return undefined;
    return document.contents === null ? null : treeOf(document.contents, { ...part, lines }, 0).tree;
  } catch {
    return undefined; // too deep for the parser, or too large
  }
}

/** Entries of a map or a list, and of how many parts they are. */
export interface Collection {
  readonly tree: Tree;
  readonly parts: number;
}

/** UTF-16 code units of the texts that are remembered: what they are read as takes some twenty times as much. */
const CHARACTERS_AT_MOST = 300_000;

interface Known<Value> {
  readonly value: Value;
  /** The lines above the text where it was read. */
  readonly above: number;
}

/** Values by their text, wherever in a file that stands. `move`: the same value so many lines further down. */
class Remembered<Value> {
  private readonly known = new Map<string, Known<Value>>();
  private characters = 0;

  constructor(private readonly move: (value: Value, by: number) => Value) {}

  /** `how`: in which way it is read; the same text may be read in several. */
  read({ text, above }: Lines, how: string, make: () => Value): Value {
    const key = `${how} ${text}`;
    const found = this.known.get(key);
    if (found === undefined) {
      const value = make();
      this.keep({ text, above }, how, value);
      return value;
    }
    this.known.delete(key); // asked about last: it is the last to go
    this.known.set(key, found);
    return this.move(found.value, above - found.above);
  }

  keep({ text, above }: Lines, how: string, value: Value): void {
    const key = `${how} ${text}`;
    if (this.known.has(key) || key.length > CHARACTERS_AT_MOST) return;
    this.known.set(key, { value, above });
    this.characters += key.length;
    for (const oldest of this.known.keys()) {
      if (this.characters <= CHARACTERS_AT_MOST) break;
      this.known.delete(oldest);
      this.characters -= oldest.length;
    }
  }
}

/** A text is read again by other analyzers, at the next key that is typed, and as the earlier side of a change. */
const documents = new Remembered<Tree | null | undefined>((tree, by) => (tree ? shifted(tree, by) : tree));
const collections = new Remembered<Collection | undefined>(
  (found, by) => found && { ...found, tree: shifted(found.tree, by) },
);

/** Some entries of a map or a list, which is at a depth of the document; undefined where they are not whole. */
export function readCollection(part: Lines, depth: number): Collection | undefined {
  return collections.read(part, String(depth), () => parseCollection(part, depth));
}

function parseCollection(part: Lines, depth: number): Collection | undefined {
  try {
    const { document, lines } = parsed(part);
    const { contents, errors } = document;
    return errors.length > 0 || !isCollection(contents) ? undefined : treeOf(contents, { ...part, lines }, depth);
  } catch {
    return undefined;
  }
}

function parsed({ text }: Lines): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    strict: false,
    logLevel: 'silent',
    keepSourceTokens: false,
  });
  return { document, lines };
}

/** Whether brackets are nested very deeply; those in quotes count too, which is wrong only for contrived texts. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]/g)) {
    depth = sign === '[' || sign === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST_FLOW) return true;
  }
  return /(?:[-?][ \t]+){200}/.test(text);
}

interface Source extends Lines {
  readonly lines: LineCounter;
}

function treeOf(root: Node, { text, lines, above }: Source, at: number): Collection {
  const anchors = new Map<string, { readonly tree: Tree; readonly size: number }>();
  let parts = 0;
  const count = (more: number): void => {
    parts += more;
    if (parts > MOST_PARTS) throw new RangeError('too large');
  };
  const lineAt = (offset: number | undefined): number => Math.max(1, lines.linePos(offset ?? 0).line) + above;
  const nothing = (line: number): Tree => textOnLine('', line);

  const read = (node: unknown, keyLine: number | undefined, depth: number): Tree => {
    if (isAlias(node)) {
      const line = keyLine ?? lineAt(node.range?.[0]);
      const target = anchors.get(node.source);
      count(target?.size ?? 1);
      return target === undefined ? nothing(line) : { ...target.tree, line };
    }
    const from = parts;
    count(1);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothing(keyLine ?? above + 1);
    const start = lineAt(node.range?.[0]);
    const line = keyLine ?? start;
    let tree = nothing(line);
    const tag = node.tag?.startsWith('!') === true ? node.tag : null;
    if (isScalar(node)) {
      const value = typeof node.value === 'string' ? node.value : '';
      // below an empty one is something else
      const block = (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') && value.trim() !== '';
      tree = {
        ...tree,
        tag,
        text: value,
        textLine: block ? firstTextLine(text, node.range?.[0] ?? 0, start) : start,
      };
    } else if (depth < DEEPEST) {
      tree = isMap(node)
        ? { ...tree, textLine: start, tag, text: null, map: mapOf(node.items, depth) }
        : {
            ...tree,
            textLine: start,
            tag,
            text: null,
            list: node.items.map((item) => read(item, undefined, depth + 1)),
          };
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, { tree, size: parts - from });
    return tree;
  };

  const mapOf = (
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    depth: number,
  ): ReadonlyMap<string, Tree> => {
    const map = new Map<string, Tree>();
    const merged: Tree[] = [];
    for (const { key, value } of items) {
      if (!isScalar(key) || typeof key.value !== 'string') continue;
      const tree = read(value, lineAt(key.range?.[0]), depth + 1);
      if (key.value === '<<') merged.push(...(tree.list ?? [tree]));
      else map.set(key.value, tree);
    }
    for (const { map: more } of merged) for (const [key, value] of more ?? []) if (!map.has(key)) map.set(key, value);
    return map;
  };
  return { tree: read(root, undefined, at), parts };
}

/** The first non-empty line of a block scalar. */
function firstTextLine(text: string, offset: number, line: number): number {
  let at = text.indexOf('\n', offset);
  let first = line + 1;
  while (at !== -1) {
    const next = text.indexOf('\n', at + 1);
    if (text.slice(at + 1, next === -1 ? undefined : next).trim() !== '') break;
    first += 1;
    at = next;
  }
  return first;
}
