/**
 * Our part of an assistant's settings as text: put in, and taken out by the record of what was put in. Every other byte
 * stays. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { getNodeValue, type Node } from 'jsonc-parser';
import { append, cut, problem, replace, treeOf, valueAt } from '../setup/edit-json-text';
import { readToml } from '../permissions/read-toml';
import type { JsonValue, TomlBlock } from './types';

/** One thing that was put in. `above`: how many of the keys of `at` were there before. */
export type JsonPart =
  | { readonly at: readonly string[]; readonly item: unknown; readonly above: number }
  | { readonly at: readonly string[]; readonly value: unknown; readonly above: number }
  /** A text was widened to `{"*": text}`. */
  | { readonly at: readonly string[]; readonly widened: string };

export interface JsonResult {
  readonly text: string;
  readonly parts: readonly JsonPart[];
  /** Keys that have another value already. */
  readonly taken: readonly string[];
}

const MARK = '\uFEFF';

/** Throws a JsonTextError. Values that are there already are left, and are not ours. */
export function addValues(text: string, values: readonly JsonValue[]): JsonResult {
  const mark = text.startsWith(MARK) ? MARK : '';
  let added = text.slice(mark.length);
  if (added.trim() === '') added = '{}\n';
  const parts: JsonPart[] = [];
  const taken: string[] = [];
  for (const value of values) {
    const result = addOne(added, value);
    added = result.text;
    parts.push(...result.parts);
    taken.push(...result.taken);
  }
  return { text: mark + added, parts, taken };
}

function addOne(text: string, wanted: JsonValue): JsonResult {
  const { at } = wanted;
  const unchanged = { text, parts: [], taken: [] };
  let node = treeOf(text);
  for (const [depth, key] of at.entries()) {
    if (node.type === 'string' && 'value' in wanted && wanted.widens) {
      const above = String(node.value);
      const widened: JsonPart = { at: at.slice(0, depth), widened: above };
      const more = addOne(replace(text, node, { '*': above }), wanted);
      return { ...more, parts: [widened, ...more.parts] };
    }
    if (node.type !== 'object')
      throw problem('unexpected-shape', `"${at.slice(0, depth).join('.')}" is not an object`, text, node.offset);
    const next = valueAt(node, key);
    if (next === undefined) {
      const rest = at.slice(depth + 1);
      const inner = 'item' in wanted ? [wanted.item] : wanted.value;
      return { text: append(text, node, key, nested(rest, inner)), parts: [partOf(wanted, depth)], taken: [] };
    }
    node = next;
  }
  if ('value' in wanted)
    return isDeepStrictEqual(plain(node), wanted.value) ? unchanged : { ...unchanged, taken: [at.join('.')] };
  if (node.type !== 'array') throw problem('unexpected-shape', `"${at.join('.')}" is not a list`, text, node.offset);
  if ((node.children ?? []).some((child) => isDeepStrictEqual(plain(child), wanted.item))) return unchanged;
  return { text: append(text, node, undefined, wanted.item), parts: [partOf(wanted, at.length)], taken: [] };
}

const partOf = (wanted: JsonValue, above: number): JsonPart =>
  'item' in wanted ? { at: wanted.at, item: wanted.item, above } : { at: wanted.at, value: wanted.value, above };

/** `text` without these parts, the last one first. What somebody has changed since is theirs. Throws a JsonTextError. */
export function removeValues(text: string, parts: readonly JsonPart[]): string {
  const mark = text.startsWith(MARK) ? MARK : '';
  let rest = text.slice(mark.length);
  if (rest.trim() === '') return text;
  for (const part of [...parts].reverse()) rest = removeOne(rest, part);
  return mark + rest;
}

function removeOne(text: string, part: JsonPart): string {
  const found = nodesOn(treeOf(text), part.at);
  const node = found.at(-1);
  if (node === undefined || found.length !== part.at.length + 1) return text;
  if ('widened' in part) {
    const only = plain(node);
    return isDeepStrictEqual(only, { '*': part.widened }) ? replace(text, node, part.widened) : text;
  }
  const child =
    'item' in part
      ? node.children?.findLast((one) => isDeepStrictEqual(plain(one), part.item))
      : isDeepStrictEqual(plain(node), part.value)
        ? node.parent
        : undefined;
  if (child?.parent === undefined) return text;
  let taken = child;
  // lists and objects that were made for it go with it
  const innermost = 'item' in part ? part.at.length : part.at.length - 1;
  for (let depth = innermost; depth > part.above; depth--) {
    const property = found[depth]?.parent;
    if (taken.parent?.children?.length !== 1 || property?.parent === undefined) break;
    taken = property;
  }
  return taken.parent === undefined ? text : cut(text, taken.parent, taken);
}

/** The values at each beginning of a path, from the top, as far as there are any. */
function nodesOn(root: Node, at: readonly string[]): Node[] {
  const nodes = [root];
  for (const key of at) {
    const here = nodes.at(-1);
    const next = here?.type === 'object' ? valueAt(here, key) : undefined;
    if (next === undefined) break;
    nodes.push(next);
  }
  return nodes;
}

const plain = (node: Node): unknown => JSON.parse(JSON.stringify(getNodeValue(node)));
const nested = (keys: readonly string[], value: unknown): unknown =>
  keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

export interface TomlResult {
  readonly text: string;
  /** The blocks as they were put in, with their comments and line breaks. */
  readonly parts: readonly string[];
  /** What is lost because the rest of the file has such keys. */
  readonly lost: readonly string[];
}

const BEGIN = '# Linekeeper: rules of the policy; "linekeeper uninstall --enforce" takes them out';
const END = '# Linekeeper: end';

/** `text` must have none of our blocks. */
export function addBlocks(text: string, blocks: readonly TomlBlock[]): TomlResult {
  const { value } = readToml(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const free = blocks.filter(({ unless }) => !unless.some((key) => isThere(value, key)));
  const lost = [...new Set(blocks.filter((block) => !free.includes(block)).map((block) => block.lost))];
  const partAt = (place: TomlBlock['place']): string | undefined => {
    const texts = free.filter((block) => block.place === place).map((block) => block.text);
    return texts.length === 0 ? undefined : [BEGIN, ...texts, END, ''].join('\n').replaceAll('\n', eol);
  };
  const mark = text.startsWith(MARK) ? MARK : '';
  const bare = text.slice(mark.length);
  const top = partAt('top');
  const end = partAt('end');
  const before = end !== undefined && bare !== '' && !bare.endsWith('\n') ? eol : '';
  return {
    text: `${mark}${top ?? ''}${bare}${before}${end ?? ''}`,
    parts: [...(top === undefined ? [] : [top]), ...(end === undefined ? [] : [before + end])],
    lost,
  };
}

/** `text` without our blocks, also those that somebody has changed between their comments. */
export function removeBlocks(text: string, parts: readonly string[]): string {
  const exact = parts.reduce((rest, part) => {
    const at = rest.lastIndexOf(part);
    return at < 0 ? rest : rest.slice(0, at) + rest.slice(at + part.length);
  }, text);
  for (let rest = exact; ;) {
    const from = rest.indexOf(BEGIN);
    const to = from < 0 ? -1 : rest.indexOf(END, from);
    if (to < 0) return rest;
    const after = rest.slice(to + END.length).replace(/^\r?\n/, '');
    rest = rest.slice(0, from) + after;
  }
}

function isThere(value: unknown, key: string): boolean {
  let here = value;
  for (const name of key.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return false;
    here = (here as Record<string, unknown>)[name];
  }
  return true;
}
