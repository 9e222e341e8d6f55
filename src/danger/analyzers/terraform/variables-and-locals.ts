/** A module's arguments, variable defaults and `locals`: what a change switches off or lowers through them. */
import { factAt } from '../../rule-rows/facts-found-by-code';
import { holdsData } from '../../terraform/holds-data';
import type { Configuration, Item } from '../../terraform/read-configuration';
import { entriesOf, get, type Tree } from '../../yaml-and-json';
import type { NoticedIn } from '../../types';
import { switchedOff } from './switched-off-arguments';
import { lostGuards } from './removed-guards';
import { plainName, settingsOf, type Setting } from './flat-settings';

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
    const off = switchedOff({ before: oldSettings, after: newSettings }, path).filter(({ side }) => side === 'new');
    return [...guards, ...off].map((one): Changed => ({ ...one, path })).concat(keys);
  });
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
