/** Walks the old and the new data of a file side by side. */
import { DEEPEST, itemsOf, same, textsOf, type Tree } from './tree';

/** One place in the data, on both sides. At least one of `before` and `after` is there. */
export interface Pair {
  /** The key, or `[]` for an item of a list. */
  readonly key: string;
  /** The keys from the top, this one last. */
  readonly path: readonly string[];
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
  /** The enclosing place; undefined at the top. */
  readonly within: Pair | undefined;
}

/** At most this many places are visited. */
const MOST_PLACES = 200_000;

/**
 * Visits every place that is on either side, outer ones first. Items of lists are matched by their name, then by their
 * value, then by their order.
 */
export function compare(before: Tree | undefined, after: Tree | undefined, visit: (pair: Pair) => void): void {
  let placesToGo = MOST_PLACES;
  const step = (pair: Pair): void => {
    if ((placesToGo -= 1) < 0 || pair.path.length > DEEPEST) return;
    visit(pair);
    const { before: old, after: newTree, path } = pair;
    if (old !== undefined && old === newTree) return;
    const keys = new Set([...(newTree?.map?.keys() ?? []), ...(old?.map?.keys() ?? [])]);
    for (const key of keys)
      step({ key, path: [...path, key], before: old?.map?.get(key), after: newTree?.map?.get(key), within: pair });
    if (old?.list || newTree?.list) {
      for (const [oldItem, newItem] of matched(old?.list ?? [], newTree?.list ?? []))
        step({ key: '[]', path: [...path, '[]'], before: oldItem, after: newItem, within: pair });
    }
  };
  if (before !== undefined || after !== undefined) step({ key: '', path: [], before, after, within: undefined });
}

/** Keys that identify an item of a list. */
const NAMES = ['name', 'Name', 'id', 'Id', 'key', 'Key', 'Sid', 'PolicyName', 'mountPath', 'target'];

function nameOf(item: Tree): string | undefined {
  for (const key of NAMES) {
    const name = item.map?.get(key)?.text;
    if (name !== undefined && name !== null && name !== '') return `${key}=${name}`;
  }
  return item.text ?? undefined;
}

/** Longer lists are matched by order when names do not identify their items. */
const LONG = 300;

/** Pairs of the items of two lists, in the order of the new one; an item without a partner is in a pair by itself. */
function matched(
  before: readonly Tree[],
  after: readonly Tree[],
): readonly (readonly [Tree | undefined, Tree | undefined])[] {
  const free = new Set(before);
  const partners = new Map<Tree, Tree>();
  const byName = new Map<string, Tree>();
  for (const item of before) {
    const name = nameOf(item);
    if (name !== undefined && !byName.has(name)) byName.set(name, item);
  }
  const pair = (newTree: Tree, old: Tree | undefined): void => {
    if (old === undefined || !free.delete(old)) return;
    partners.set(newTree, old);
  };
  for (const item of after) pair(item, byName.get(nameOf(item) ?? ''));
  if (before.length <= LONG && after.length <= LONG) {
    for (const item of after)
      if (!partners.has(item))
        pair(
          item,
          [...free].find((old) => same(old, item)),
        );
  }
  const inOrder = [...free].filter((old) => nameOf(old) === undefined);
  for (const item of after) if (!partners.has(item) && nameOf(item) === undefined) pair(item, inOrder.shift());
  return [
    ...after.map((item) => [partners.get(item), item] as const),
    ...[...free].map((old) => [old, undefined] as const),
  ];
}

/** The first place where two values differ: on the new side, or on the old one where something was removed. */
export function firstDifference(before: Tree, after: Tree): { readonly line: number; readonly side: 'old' | 'new' } {
  let place: { readonly line: number; readonly side: 'old' | 'new' } | undefined;
  const look = (old: Tree | undefined, newTree: Tree | undefined, depth: number): void => {
    if (place !== undefined || same(old, newTree)) return;
    if (newTree === undefined || old === undefined) {
      place =
        newTree === undefined ? { line: old?.line ?? before.line, side: 'old' } : { line: newTree.line, side: 'new' };
    } else if (old.map !== null && newTree.map !== null && depth < DEEPEST) {
      for (const [key, value] of newTree.map) look(old.map.get(key), value, depth + 1);
      for (const [key, value] of old.map) if (!newTree.map.has(key)) look(value, undefined, depth + 1);
    } else if (old.list !== null && newTree.list !== null && depth < DEEPEST) {
      for (const [oldItem, newItem] of matched(old.list, newTree.list)) look(oldItem, newItem, depth + 1);
      place ??= { line: newTree.line, side: 'new' };
    } else place = { line: newTree.line, side: 'new' };
  };
  look(before, after, 0);
  return place ?? { line: after.line, side: 'new' };
}

/** Whether an item joins a list that had some, and none of those leaves for it. */
export const joinsList = ({ after, within }: Pair): boolean =>
  itemsOf(within?.before).length > 0 &&
  textsOf(within?.before).every((text) => text !== after?.text && textsOf(within?.after).includes(text));
