/**
 * An assistant's hook configuration as text: with our hooks, and without. Pure.
 */
import { getNodePath, getNodeValue, type Node } from 'jsonc-parser';
import { isDeepStrictEqual } from 'node:util';
import type { HookEntry, ListedHooks } from '../types';
import { isOurCommand } from './hook-commands';
import { append, cut, problem, replace, treeOf, valueAt } from './edit-json-text';

/** How many of our hooks a configuration has. */
export type Presence = 'all' | 'some' | 'none';

/** What the pure functions need of {@link ListedHooks}, with the command filled in. */
export interface WantedHooks {
  readonly assistant: string;
  readonly defaults: ListedHooks['defaults'];
  readonly entries: readonly HookEntry[];
}

/**
 * `text` with exactly our wanted hooks; the same text when they are there. Hooks from an earlier version are replaced
 * in place. Empty text is a new file. Throws a JsonTextError.
 */
export function addHooks(text: string, wanted: WantedHooks): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let rest = text.slice(mark.length);
  if (rest.trim() === '') rest = '{}\n';
  for (const [key, value] of Object.entries(wanted.defaults)) {
    const root = treeOf(rest);
    if (valueAt(root, key) === undefined) rest = append(rest, root, key, value);
  }
  rest = removeStale(rest, wanted);
  for (const entry of wanted.entries) rest = addEntry(rest, entry, wanted);
  return mark + rest;
}

/**
 * `text` without any of our hooks, and without the lists that held nothing else. Everything else is preserved. Throws a
 * JsonTextError.
 */
export function removeHooks(text: string, assistant: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let rest = text.slice(mark.length);
  if (rest.trim() === '') return text;
  for (;;) {
    const [found] = ours(treeOf(rest), assistant);
    if (!found) return mark + rest;
    rest = cutWithEmptyParents(rest, found);
  }
}

/** Throws a JsonTextError. */
export function presence(text: string, wanted: WantedHooks): Presence {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') return 'none';
  const found = ours(treeOf(bare), wanted.assistant);
  if (found.length === 0) return 'none';
  const matches = wanted.entries.every((entry) =>
    found.some((node) => isAt(node, entry) && isDeepStrictEqual(plain(node), entry.value)),
  );
  return matches && found.length === wanted.entries.length ? 'all' : 'some';
}

/** The switch by which the file turns all hooks off, if any. Throws a JsonTextError. */
export function switchedOff(text: string, switches: readonly string[]): string | undefined {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') return undefined;
  const root = treeOf(bare);
  return switches.find((key) => valueAt(root, key)?.value === true);
}

/** Whether nothing is left except what a new file of ours begins with. Throws a JsonTextError. */
export function isBare(text: string, defaults: ListedHooks['defaults']): boolean {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') return true;
  return (
    !/\/[/*]/.test(bare) &&
    Object.entries(plain(treeOf(bare)) as object).every(([key, value]) => isDeepStrictEqual(value, defaults[key]))
  );
}

/** Removes our hooks that are no longer wanted or are duplicated. */
function removeStale(text: string, wanted: WantedHooks): string {
  let rest = text;
  for (;;) {
    const found = ours(treeOf(rest), wanted.assistant);
    const stale = found.find((node) => {
      const entry = wanted.entries.find((candidate) => belongs(node, candidate, wanted));
      return (
        entry === undefined ||
        found.some((other) => other !== node && other.offset < node.offset && belongs(other, entry, wanted))
      );
    });
    if (!stale) return rest;
    rest = cutWithEmptyParents(rest, stale);
  }
}

function addEntry(text: string, entry: HookEntry, wanted: WantedHooks): string {
  const root = treeOf(text);
  const there = ours(root, wanted.assistant).find((node) => belongs(node, entry, wanted));
  if (there) return isDeepStrictEqual(plain(there), entry.value) ? text : replace(text, there, entry.value);
  let node = root;
  for (const [depth, key] of entry.at.entries()) {
    if (node.type !== 'object')
      throw problem('unexpected-shape', `"${entry.at.slice(0, depth).join('.')}" is not an object`, text, node.offset);
    const next = valueAt(node, key);
    if (next === undefined) return append(text, node, key, nested(entry.at.slice(depth + 1), [entry.value]));
    node = next;
  }
  if (node.type !== 'array')
    throw problem('unexpected-shape', `"${entry.at.join('.')}" is not a list`, text, node.offset);
  return append(text, node, undefined, entry.value);
}

/** The value of a node as ordinary objects (the parser's have no prototype, and compare as different). */
function plain(node: Node): unknown {
  return JSON.parse(JSON.stringify(getNodeValue(node)));
}

function nested(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** Whether a node is directly in the list that an entry belongs to. */
function isAt(node: Node, entry: HookEntry): boolean {
  return isDeepStrictEqual(getNodePath(node).slice(0, -1), entry.at);
}

/** Whether a node is an entry's: in its list, and with its matcher where several of ours belong there. */
function belongs(node: Node, entry: HookEntry, { entries }: WantedHooks): boolean {
  if (!isAt(node, entry)) return false;
  const inList = entries.filter(({ at }) => isDeepStrictEqual(at, entry.at));
  return inList.length < 2 || valueAt(node, 'matcher')?.value === matcherOf(entry);
}

const matcherOf = ({ value }: HookEntry): unknown =>
  typeof value === 'object' && value !== null && 'matcher' in value ? value.matcher : undefined;

/** The largest list items that contain only our hooks, in the file's order. */
function ours(node: Node, assistant: string): Node[] {
  if (node.parent?.type === 'array' && isOurs(node, assistant)) return [node];
  return (node.children ?? []).flatMap((child) => ours(child, assistant));
}

/** A hook with our command, or a group (a matcher with a list of hooks) that has no other. */
function isOurs(node: Node, assistant: string): boolean {
  if (node.type !== 'object') return false;
  const hooks = valueAt(node, 'hooks');
  if (hooks?.type === 'array')
    return (hooks.children?.length ?? 0) > 0 && hooks.children?.every((hook) => isOurs(hook, assistant)) === true;
  const action = valueAt(node, 'action');
  if (action !== undefined && isOurs(action, assistant)) return true;
  return ['command', 'bash', 'powershell'].some((key) => {
    const command: unknown = valueAt(node, key)?.value;
    return typeof command === 'string' && isOurCommand(command, assistant);
  });
}

/** Cuts an item, and the lists and objects that this leaves empty, but never the top. */
function cutWithEmptyParents(text: string, item: Node): string {
  let child = item;
  let container = item.parent;
  while (container?.parent && container.children?.length === 1) {
    child = container.parent.type === 'property' ? container.parent : container;
    container = child.parent;
  }
  return container ? cut(text, container, child) : text;
}
