/** What the arguments of a resource or a module switch off by their names, and the variables of its environment. */
import { noticeInAnyFile } from '../../rule-rows/any-file';
import { EXPRESSION } from '../../terraform/read';
import { textAt, type Pair, type Tree } from '../../tree';
import type { Noticed } from '../../types';
import { plainName, type Setting } from './flatten-attributes';

interface Sides {
  readonly before: ReadonlyMap<string, Setting>;
  readonly after: ReadonlyMap<string, Setting>;
}

/** Of a block that was there before: the first values of a new one are its author's choice. */
export function switchedOff({ before, after }: Sides, subject: string): readonly Noticed[] {
  const [was, now] = [valuesIn(before), valuesIn(after)];
  return [...new Set([...now.keys(), ...was.keys()])].flatMap((where) => {
    const [old, is] = [was.get(where), now.get(where)];
    const one = is ?? old;
    // what is worked out may be what it was
    if (one === undefined || is?.value.tag === EXPRESSION || old?.value.tag === EXPRESSION) return [];
    const within: Pair = { key: '', path: [], before: one.value, after: one.value, within: undefined };
    const pair = { key: one.name, path: [one.name], before: old?.value, after: is?.value, within };
    return noticeInAnyFile(pair, { it: plainName(subject), type: subject });
  });
}

/** Plain values by their path, and variables of an environment by their names: `{ name = "A", value = "b" }`. */
function valuesIn(settings: ReadonlyMap<string, Setting>): ReadonlyMap<string, { name: string; value: Tree }> {
  const values = new Map<string, { name: string; value: Tree }>();
  for (const { path, name, value } of settings.values()) {
    const variable = textAt(value, 'name');
    const inner = value.map?.get('value');
    if (variable !== undefined && inner !== undefined)
      values.set(`${path.replace(/\d+/g, '*')} ${variable}`, { name: variable, value: inner });
    else if (value.text !== null) values.set(path, { name, value });
  }
  return values;
}
