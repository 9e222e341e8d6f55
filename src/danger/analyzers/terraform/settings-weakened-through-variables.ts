/** A module's arguments, variable defaults and `locals`: what a change switches off or lowers through them. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { holdsData } from '../../terraform/data-holding-types';
import type { Configuration, Item } from '../../terraform/read-configuration';
import { entriesOf, get, itemsOf, textAt, type Tree } from '../../yaml-and-json';
import type { Noticed, NoticedIn } from '../../types';
import { switchedOff } from './switched-off-arguments-and-lost-deny-rules';
import { lostGuards } from './guards-removed-from-resources';
import { plainName, settingsOf, type Setting } from './flat-settings-and-addresses';

/** One file's configuration on both sides. */
interface File {
  readonly path: string;
  readonly text: string;
  readonly before: Configuration;
  readonly after: Configuration;
}

/** What was noticed, and the modules whose number of instances rests on it, where nothing else's does. */
type Changed = NoticedIn & { readonly usedBy?: readonly Item[] };

/** Findings about the values in the files of one module. */
export function changedValues(files: readonly File[]): readonly Changed[] {
  const before = new Map(files.flatMap(({ before: side }) => valuesOf(side)));
  if (before.size === 0) return [];
  const repeated = files.flatMap(({ after }) =>
    after.items.filter(({ kind, labels }) => kind === 'module' || (kind === 'resource' && holdsData(labels[0] ?? ''))),
  );
  const users = (name: string): readonly Item[] => {
    const word = new RegExp(`\\b${name.replace('.', '\\.')}\\b`);
    return repeated.filter(({ body }) =>
      word.test(`${get(body, 'for_each')?.text ?? ''} ${get(body, 'count')?.text ?? ''}`),
    );
  };
  return files.flatMap(({ path, text, after }): Changed[] => {
    const changed = valuesOf(after).filter(([name, value]) => before.has(name) && before.get(name) !== value);
    const newSettings = settingsIn(changed);
    const oldSettings = settingsIn(
      changed.flatMap(([name]) => {
        const old = before.get(name);
        return old === undefined ? [] : [[name, old] as const];
      }),
    );
    const guards = lostGuards({
      subject: 'what uses this value',
      type: '',
      path,
      before: oldSettings,
      after: newSettings,
      isNew: false,
      text,
    }).filter(({ side }) => side === 'new');
    const keys = changed.flatMap(([name, value]): Changed[] => {
      const old = before.get(name);
      const removed = [...new Set(keysOf(old))].filter((key) => !keysOf(value).includes(key));
      return users(name).length > 0 && removed.length > 0 && keysOf(value).length > 0
        ? [
            {
              ...factAt(
                'destructive/tf-address-changed (medium): {what} leaves {name}, which for_each uses: what belongs to it is destroyed.',
                value,
                {
                  what: plainName(removed.join(', ')),
                  name: plainName(name),
                },
              ),
              path,
              usedBy: users(name),
            },
          ]
        : [];
    });
    const departures = changed.flatMap(([name, value]) =>
      entriesLost(name, before.get(name), value).map((notice): Changed => ({ ...notice, path })),
    );
    const off = switchedOff({ before: oldSettings, after: newSettings }, path).filter(({ side }) => side === 'new');
    return [...guards, ...off].map((one): Changed => ({ ...one, path })).concat(keys, departures);
  });
}

/** Lists of what holds data, by their names. */
const STORES =
  /(?:event_?hubs?|collections?|containers?|buckets?|queues?|tables?|topics?|databases?|schemas?|repositories|volumes?|disks?|indices|shares)$/i;
const DEEPEST = 6;

/** Entries with a name that leave a list of stores, where none comes in their place: somewhere one resource is made of each. */
function entriesLost(where: string, before: Tree | undefined, after: Tree | undefined, depth = 0): readonly Noticed[] {
  if (before === undefined || after === undefined || depth > DEEPEST) return [];
  const namesIn = (value: Tree): readonly string[] => itemsOf(value).flatMap((item) => textAt(item, 'name') ?? []);
  if (before.map && after.map)
    return entriesOf(before).flatMap(([key, value]) =>
      entriesLost(`${where}.${key}`, value, get(after, key), depth + 1),
    );
  if (!before.list || !after.list) return [];
  const present = namesIn(after);
  const lost = namesIn(before).filter((name) => !present.includes(name));
  const first = itemsOf(before).find((item) => lost.includes(textAt(item, 'name') ?? ''));
  if (STORES.test(where) && first !== undefined && present.length > 0)
    return present.every((name) => namesIn(before).includes(name))
      ? [
          factWas(
            'destructive/tf-address-changed (medium): {what} leaves {name}: what is made of it is destroyed.',
            first,
            { what: plainName(lost.join(', ')), name: plainName(where) },
          ),
        ]
      : [];
  return itemsOf(before).flatMap((item) =>
    entriesLost(
      where,
      item,
      itemsOf(after).find((candidate) => textAt(candidate, 'name') === textAt(item, 'name')),
      depth + 1,
    ),
  );
}

/** `local.x` and `var.x` with their values. */
function valuesOf({ items }: Configuration): readonly (readonly [string, Tree])[] {
  return items.flatMap(({ kind, labels, body }): (readonly [string, Tree])[] => {
    if (kind === 'locals') return entriesOf(body).map(([name, value]) => [`local.${name}`, value] as const);
    const value = kind === 'variable' ? get(body, 'default') : undefined;
    return value === undefined ? [] : [[`var.${labels[0] ?? ''}`, value]];
  });
}

/** The values as settings of a block, by their names without `local.` and `var.`. */
function settingsIn(values: readonly (readonly [string, Tree])[]): ReadonlyMap<string, Setting> {
  const map = new Map(values.map(([name, value]) => [name.slice(name.indexOf('.') + 1), value] as const));
  return settingsOf({ line: 1, textLine: 1, tag: null, text: null, list: null, map });
}

const keysOf = (value: Tree | undefined): readonly string[] =>
  value?.map ? [...value.map.keys()] : (value?.list ?? []).flatMap(({ text }) => text ?? []);
