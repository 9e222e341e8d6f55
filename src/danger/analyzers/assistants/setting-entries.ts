/** The settings of a file as single entries, whatever it is written in. */
import { entriesOf, itemsOf, readJson, sidesOf, type Tree } from '../../yaml-and-json';
import type { Change } from '../../types';

/** One value and the keys that lead to it; `[]` for an item of a list. */
export interface Entry {
  readonly keys: readonly string[];
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

interface Sides {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
}

const DEEPEST = 12;
const MOST = 5_000;

/** Null where one side can't be read. */
export function entriesOn(change: Change): Sides | null {
  if (change.path.endsWith('.toml')) return { before: ofToml(change.before), after: ofToml(change.after) };
  if (/\.ya?ml$/.test(change.path)) {
    const sides = sidesOf(change);
    return sides === null
      ? null
      : { before: sides.before.flatMap((tree) => flat(tree)), after: sides.after.flatMap((tree) => flat(tree)) };
  }
  const [oldTree, newTree] = [change.before, change.after].map((text) => readJson(text ?? ''));
  return oldTree === undefined || newTree === undefined
    ? null
    : { before: oldTree === null ? [] : flat(oldTree), after: newTree === null ? [] : flat(newTree) };
}

function flat(tree: Tree): readonly Entry[] {
  const found: Entry[] = [];
  const step = (at: Tree, keys: readonly string[]): void => {
    if (keys.length > DEEPEST || found.length > MOST) return;
    if (at.text !== null) found.push({ keys, text: at.text, line: at.line });
    for (const [key, value] of entriesOf(at)) step(value, [...keys, key]);
    if (at.list !== null) for (const item of itemsOf(at)) step(item, [...keys, '[]']);
  };
  step(tree, []);
  return found;
}

/** Sections, and a value a line; a list on one line is its items. */
function ofToml(text: string | null): readonly Entry[] {
  let section: readonly string[] = [];
  return (text ?? '').split('\n').flatMap((line, index): readonly Entry[] => {
    const [, head] = /^\s*\[{1,2}([^\]]{1,200})\]{1,2}\s*(?:#.*)?$/.exec(line) ?? [];
    if (head !== undefined) {
      section = dotted(head);
      return [];
    }
    const [, key, value = ''] = /^\s*([\w."'-]{1,200})\s*=\s*(.{0,2000})$/.exec(line) ?? [];
    if (key === undefined) return [];
    const keys = [...section, ...dotted(key)];
    const items = value.trim().startsWith('[') ? (value.match(/"[^"]*"|'[^']*'/g) ?? []) : undefined;
    const bare = (word: string): string =>
      word
        .trim()
        .replace(/^(["'])(.*?)\1.*$/, '$2')
        .replace(/\s+#.*$/, '');
    return items === undefined
      ? [{ keys, text: bare(value), line: index + 1 }]
      : items.map((item) => ({ keys: [...keys, '[]'], text: bare(item), line: index + 1 }));
  });
}

const dotted = (name: string): readonly string[] =>
  (name.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map((word) => word.replace(/^["']|["']$/g, ''));
