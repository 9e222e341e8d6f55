/**
 * One shape for the data of YAML and JSON files: maps, lists and texts, each with its line. Scalars keep the text they
 * are written as, so that `"0"` and `0` are the same and no type has to be guessed.
 */
import { oneLine } from '../one-line';

export interface Tree {
  /** 1-based: of its key in a map, of its item in a list, else of its first character. */
  readonly line: number;
  /** 1-based: the first line of the text itself; differs from `line` for block scalars and values below their key. */
  readonly textLine: number;
  /** YAML's tag as written, such as `!Ref`. */
  readonly tag: string | null;
  /** A scalar's text; null for maps and lists. An empty value (`key:`) is the empty text. */
  readonly text: string | null;
  readonly map: ReadonlyMap<string, Tree> | null;
  readonly list: readonly Tree[] | null;
}

/** A text that stands on one line, as data. */
export const textOnLine = (text: string, line: number): Tree => ({
  line,
  textLine: line,
  tag: null,
  text,
  map: null,
  list: null,
});

/** Deeper parts of a file are left out. */
export const DEEPEST = 100;

/** What is below the keys and indexes; undefined where one is missing. */
export function get(tree: Tree | undefined, ...steps: readonly (string | number)[]): Tree | undefined {
  let at = tree;
  for (const step of steps) at = typeof step === 'number' ? at?.list?.[step] : at?.map?.get(step);
  return at;
}

/** A scalar's text below the keys. */
export const textAt = (tree: Tree | undefined, ...steps: readonly (string | number)[]): string | undefined =>
  get(tree, ...steps)?.text ?? undefined;

/** The items of a list; a single value counts as a list of one, nothing as an empty one. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || tree.text === '') return [];
  return tree.list ?? [tree];
}

export const entriesOf = (tree: Tree | undefined): readonly (readonly [string, Tree])[] => [...(tree?.map ?? [])];

/** The items of a list that another one has not, by their values. */
export const itemsBeyond = (tree: Tree | undefined, known: Tree | undefined): readonly Tree[] =>
  itemsOf(tree).filter((item) => !itemsOf(known).some((former) => same(former, item)));

/** The texts of a list, or of a single scalar. */
export const textsOf = (tree: Tree | undefined): readonly string[] =>
  itemsOf(tree).flatMap(({ text }) => (text === null ? [] : [text]));

const YES = /^(?:true|yes|y|on|1)$/i;
const NO = /^(?:false|no|n|off|0)$/i;

/** True, including YAML 1.1 spellings. */
export const isYes = (tree: Tree | undefined): boolean => YES.test(tree?.text ?? '');
/** False, including YAML 1.1 spellings; an empty value is not false. */
export const isNo = (tree: Tree | undefined): boolean => NO.test(tree?.text ?? '');
/** Empty: no such key, `key:`, `~` or `null`, an empty map or list. */
export const isEmpty = (tree: Tree | undefined): boolean =>
  tree === undefined ||
  (tree.text !== null ? /^(?:|~|null)$/i.test(tree.text) : (tree.map?.size ?? tree.list?.length ?? 0) === 0);

/** A whole number, or undefined for everything else. */
export function numberOf(tree: Tree | undefined): number | undefined {
  const text = tree?.text ?? '';
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Trees that are copies of another one, at other lines. */
const originals = new WeakMap<Tree, Tree>();
const originalOf = (tree: Tree | undefined): Tree | undefined =>
  tree === undefined ? undefined : (originals.get(tree) ?? tree);

/** The same data so many lines further down. */
export function shifted(tree: Tree, by: number): Tree {
  if (by === 0) return tree;
  const copy: Tree = {
    ...tree,
    line: tree.line + by,
    textLine: tree.textLine + by,
    map: tree.map === null ? null : new Map([...tree.map].map(([key, value]) => [key, shifted(value, by)])),
    list: tree.list?.map((item) => shifted(item, by)) ?? null,
  };
  originals.set(copy, originalOf(tree) ?? tree);
  return copy;
}

/** At most this many parts are compared: aliases make small files large. */
const MOST_PARTS = 50_000;

/**
 * Equal in meaning: key order, quotes, comments and positions do not matter. Values too large to compare count as
 * equal.
 */
export const same = (first: Tree | undefined, second: Tree | undefined): boolean =>
  isEqual(first, second, { parts: MOST_PARTS });

function isEqual(a: Tree | undefined, b: Tree | undefined, budget: { parts: number }): boolean {
  if (a === b || (budget.parts -= 1) < 0) return true;
  if (a === undefined || b === undefined) return false;
  if (a.tag !== b.tag || a.text !== b.text) return false;
  if (originalOf(a) === originalOf(b)) return true;
  const { list, map } = b;
  if (a.list !== null)
    return (
      list !== null &&
      a.list.length === list.length &&
      a.list.every((item, index) => isEqual(item, list[index], budget))
    );
  if (a.map === null) return list === null && map === null;
  if (a.map.size !== map?.size) return false;
  for (const [key, value] of a.map) {
    const counterpart = map.get(key);
    if (counterpart === undefined || !isEqual(value, counterpart, budget)) return false;
  }
  return true;
}

/** A name from a file for a message: short and on one line. */
export const named = (name: string | undefined): string => oneLine(name ?? '', 60);
