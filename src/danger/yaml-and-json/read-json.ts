/** Reads JSON, including comments and trailing commas, as a tree. */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { DEEPEST, type Tree } from './tree';

/** Larger files are not read. Characters. */
export const LARGEST = 1_000_000;

/** The data of a JSON text: null for an empty one, undefined when it cannot be read. */
export function readJson(text: string): Tree | null | undefined {
  if (text.length > LARGEST) return undefined;
  if (text.trim() === '') return null;
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    return undefined; // too deep for the parser
  }
  return root === undefined || errors.length > 0 ? undefined : treeOf(root, lineFinder(text));
}

/** Maps increasing offsets to lines, in one pass. */
function lineFinder(text: string): (offset: number) => number {
  let line = 1;
  let from = 0;
  return (offset) => {
    if (offset < from) [line, from] = [1, 0];
    for (let at = text.indexOf('\n', from); at !== -1 && at < offset; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    return line;
  };
}

function treeOf(root: Node, lineAt: (offset: number) => number): Tree {
  const read = (node: Node | undefined, keyLine: number | undefined, depth: number): Tree => {
    const textLine = node === undefined ? 1 : lineAt(node.offset);
    const tree: Tree = { line: keyLine ?? textLine, textLine, tag: null, text: '', map: null, list: null };
    if (node === undefined || depth > DEEPEST) return tree;
    if (node.type === 'array')
      return { ...tree, text: null, list: (node.children ?? []).map((item) => read(item, undefined, depth + 1)) };
    if (node.type !== 'object') return { ...tree, text: node.value === null ? '' : String(node.value) };
    const map = new Map<string, Tree>();
    for (const { children: [key, value] = [] } of node.children ?? []) {
      if (typeof key?.value === 'string') map.set(key.value, read(value, lineAt(key.offset), depth + 1));
    }
    return { ...tree, text: null, map };
  };
  return read(root, undefined, 0);
}
