/** The settings of a block as a flat list, and how two blocks differ in them. */
import { oneLine } from '../../one-line';
import type { Item } from '../../terraform/read-configuration';
import { entriesOf, type Tree } from '../../yaml-and-json';

export interface Setting {
  /**
   * Names from the block's top, such as `lifecycle.prevent_destroy`; repeated blocks also have their number in it.
   */
  readonly path: string;
  readonly name: string;
  readonly value: Tree;
}

const SETTINGS_AT_MOST = 20_000;

export function settingsOf(body: Tree): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  const add = (path: string, name: string, value: Tree, depth: number): void => {
    if (found.size >= SETTINGS_AT_MOST || depth > 40) return;
    found.set(path, { path, name, value });
    for (const [key, inner] of entriesOf(value)) add(path === '' ? key : `${path}.${key}`, key, inner, depth + 1);
    if (value.list?.some((one) => one.map !== null) === true)
      value.list.forEach((one, index) => add(`${path}.${String(index)}`, name, one, depth + 1));
  };
  for (const [key, value] of entriesOf(body)) add(key, key, value, 0);
  return found;
}

/** A block before and after; at least one is present. */
export interface Both {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export const addressOf = ({ kind, labels }: Item): string =>
  kind === 'resource' ? labels.join('.') : [kind, ...labels].join('.');

/** A name from the text, made safe to use in a sentence. */
export const plainName = (text: string): string => oneLine(text, 80);

/** Whether the text of a block has this address. */
export function refersTo(source = '', name = ''): boolean {
  if (name === '') return false;
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + 1))
    if (!/[\w.-]/.test(source.charAt(at - 1)) && !/[\w-]/.test(source.charAt(at + name.length))) return true;
  return false;
}
