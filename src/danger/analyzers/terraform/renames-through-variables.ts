/** Names that come from a variable, a local or a file of values: a change of the value replaces what has the name. */
import { factAt } from '../../rule-rows/facts-from-sentences';
import { keepsData } from './removed-and-recreated-resources';
import { EXPRESSION, readConfiguration, type Configuration, type Item } from '../../terraform/read-configuration';
import { forcesNew } from '../../terraform/replacing-attributes';
import { entriesOf, get, type Tree } from '../../yaml-and-json';
import type { NoticedIn, Tools } from '../../types';
import { addressOf, plainName, refersTo, settingsOf } from './flat-settings-and-addresses';

/** One file's configuration on both sides. */
interface File {
  readonly path: string;
  readonly before: Configuration;
  readonly after: Configuration;
}

interface Value {
  readonly text: string;
  readonly line: number;
  readonly path: string;
}

type Values = ReadonlyMap<string, Value>;

/**
 * Stores of one folder that get another name without a change of their own lines, or change from a plain name to one that
 * is resolved here. A name that is only known at run time says nothing.
 */
export async function tracedNames(files: readonly File[], tools: Tools): Promise<readonly NoticedIn[]> {
  const [oldValues, newValues] = [valuesOn(files, 'before'), valuesOn(files, 'after')];
  const changed = [...newValues].filter(
    ([name, { text }]) => oldValues.has(name) && oldValues.get(name)?.text !== text,
  );
  const stores = (side: 'before' | 'after'): ReadonlyMap<string, Item> =>
    new Map(files.flatMap(({ [side]: { items } }) => items.filter(isStore)).map((item) => [addressOf(item), item]));
  const [oldStores, newStores] = [stores('before'), stores('after')];
  const pairs = [...newStores].flatMap(([address, item]) => {
    const before = oldStores.get(address);
    return before === undefined ? [] : [[before, item] as const];
  });
  const others = changed.length === 0 ? [] : await storesBeside(files, tools);
  return [...pairs, ...others.map((item) => [item, item] as const)].flatMap(([before, after]) =>
    replaced(before, after, { old: oldValues, now: newValues, changed: new Map(changed), files }),
  );
}

const isStore = (item: Item): boolean => item.kind === 'resource' && keepsData(item);

/** Stores in files of the folder that the change leaves as they are. */
async function storesBeside(files: readonly File[], tools: Tools): Promise<readonly Item[]> {
  const [first] = files;
  const lines = first === undefined ? undefined : await tools.beside?.(first.path, '');
  if (!lines?.some((line) => /^resource\s+"/.test(line))) return [];
  return (
    (await readConfiguration('beside.tf', lines.join('\n'), { grammar: tools.grammar }))?.items.filter(isStore) ?? []
  );
}

function valuesOn(files: readonly File[], side: 'before' | 'after'): Values {
  const found = new Map<string, Value>();
  const add = (name: string, value: Tree | undefined, path: string): void => {
    if (value?.text !== null && value?.text !== undefined && value.tag !== EXPRESSION)
      found.set(name, { text: value.text, line: value.line, path });
  };
  for (const { path, [side]: configuration } of files)
    for (const { kind, labels, body } of configuration.items) {
      if (kind === 'locals') for (const [name, value] of entriesOf(body)) add(`local.${name}`, value, path);
      if (kind === 'variable') add(`var.${labels[0] ?? ''}`, get(body, 'default'), path);
    }
  for (const { path, [side]: configuration } of files)
    if (/(?:^|\/)(?:terraform|[^/]*\.auto)\.tfvars(?:\.json)?$/.test(path))
      for (const [name, value] of configuration.top.map ?? []) add(`var.${name}`, value, path);
  return found;
}

interface Context {
  readonly old: Values;
  readonly now: Values;
  readonly changed: Values;
  readonly files: readonly File[];
}

function replaced(before: Item, after: Item, { old, now, changed, files }: Context): readonly NoticedIn[] {
  const type = after.labels[0] ?? '';
  const earlier = settingsOf(before.body);
  for (const [where, { value }] of settingsOf(after.body)) {
    const ownValue = earlier.get(where)?.value;
    if (!forcesNew(type, where) || ownValue?.text === null || ownValue === undefined || value.text === null) continue;
    const written = [ownValue, value].map(templateOf);
    const [left = '', right = ''] = written;
    if (!left.includes('${') && !right.includes('${')) continue; // both are plain: that is looked at elsewhere
    const [name, newName] = [resolved(left, old), resolved(right, now)];
    if (name === newName || openIn(name) !== openIn(newName)) continue;
    const cause = [...changed].find(([one]) => right.includes(one))?.[1];
    const path = files.find((file) => file.after.items.includes(after))?.path;
    const at = left === right || path === undefined ? cause : { line: value.line, path };
    if (at === undefined) continue;
    const address = addressOf(after);
    // its value is made by the same configuration, and is written to the new one
    if (files.some((file) => file.after.items.some((item) => fills(item, address)))) return [];
    return [
      {
        ...factAt(
          'destructive/tf-forces-replacement: {address}, which holds data, is destroyed and recreated: {where} becomes {now} in place of {old}.',
          at,
          { address: plainName(address), where, now: plainName(newName), old: plainName(name) },
          'critical',
        ),
        path: at.path,
        address,
      },
    ];
  }
  return [];
}

const fills = ({ labels, source }: Item, address: string): boolean =>
  labels[0] === 'aws_secretsmanager_secret_version' && refersTo(source, address) && /\brandom_password\./.test(source);

/** As a template: `local.x` is `${local.x}`. */
const templateOf = ({ tag, text }: Tree): string =>
  tag !== EXPRESSION || text?.includes('${') === true ? (text ?? '') : `\${${text ?? ''}}`;

/** With what is known of `${var.x}` and `${local.y}`; the rest stays as it is. */
function resolved(text: string, values: Values, depth = 0): string {
  if (depth > 5) return text;
  return text.replace(/\$\{\s*((?:var|local)\.[\w-]+)\s*\}/g, (all, name: string) => {
    const value = values.get(name);
    return value === undefined ? all : resolved(value.text, values, depth + 1);
  });
}

/** What only a run can tell has to be the same on both sides. */
const openIn = (text: string): string => (text.match(/\$\{[^}]*\}/g) ?? []).join();
