/** What the arguments of a resource or a module switch off by their names, and the variables of its environment. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeInAnyFile } from '../../rule-rows/match-setting-in-any-file';
import { EXPRESSION } from '../../terraform/read-configuration';
import { entriesOf, get, itemsBeyond, itemsOf, named, textAt, type Pair, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { plainName, type Setting } from './flat-settings-and-addresses';

const DENIAL_LOST = 'permissions/auth-removed: {it} no longer turns away what its rule {name} did.';

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
    const steps = where.replace(/\.\d+/g, '').split('.');
    const within: Pair = { key: steps.at(-2) ?? '', path: [], before: one.value, after: one.value, within: undefined };
    const pair = { key: one.name, path: [one.name], before: old?.value, after: is?.value, within };
    const who = { it: plainName(subject), type: subject };
    if (one.value.list === null) return noticeInAnyFile(pair, who);
    return itemsBeyond(old && is?.value, old?.value).flatMap((item) =>
      item.tag === EXPRESSION
        ? []
        : noticeInAnyFile({ key: '[]', path: steps, before: undefined, after: item, within: pair }, who),
    );
  });
}

/** Plain values and lists by their path, and variables of an environment by their names: `{ name = "A", value = "b" }`. */
function valuesIn(settings: ReadonlyMap<string, Setting>): ReadonlyMap<string, { name: string; value: Tree }> {
  const values = new Map<string, { name: string; value: Tree }>();
  for (const { path, name, value } of settings.values()) {
    const variable = textAt(value, 'name');
    const inner = value.map?.get('value');
    if (variable !== undefined && inner !== undefined)
      values.set(`${path.replace(/\d+/g, '*')} ${variable}`, { name: variable, value: inner });
    else if (value.text !== null || value.list !== null) values.set(path, { name, value });
  }
  return values;
}

/** What filters requests or packets by rules of its own. */
const FILTERS = /waf|security_policy|firewall_policy|_ruleset$|_rule_group$/;
const TURNS_AWAY = /^(?:deny|block|drop)\b/i;

/** Rules that turned requests away, and leave or only count from now on. */
export function filtersGone(type: string, before: Tree | undefined, after: Tree): readonly Noticed[] {
  if (before === undefined || !FILTERS.test(type)) return [];
  // what no rule lets in is turned away
  if (get(after, 'default_action', 'block') !== undefined) return [];
  const now = rulesOf(after);
  return [...rulesOf(before)].flatMap(([name, rule]): Noticed[] => {
    const is = now.get(name);
    const words = { it: type, name: named(name) };
    const lenient = is === undefined ? undefined : leniently(rule, is);
    if (lenient !== undefined)
      return [factAt(DENIAL_LOST, lenient.line, { it: type, name: named(textAt(lenient, 'name') ?? name) })];
    if (!turnsAway(rule)) return [];
    if (is === undefined) {
      const renamed = [...now].some(([other, one]) => !rulesOf(before).has(other) && turnsAway(one));
      return renamed ? [] : [factWas(DENIAL_LOST, lineOf(rule), words)];
    }
    return turnsAway(is) || get(is, 'action') === undefined ? [] : [factAt(DENIAL_LOST, is.line, words)];
  });
}

/** What lets pass, or only counts, what a group of rules turned away: all of them, or one of its own. */
function leniently(before: Tree, after: Tree): Tree | undefined {
  const counts = get(after, 'override_action', 'count');
  if (counts !== undefined && get(before, 'override_action', 'none') !== undefined) return counts;
  const known = exceptionsIn(before).map((one) => textAt(one, 'name'));
  return exceptionsIn(after).find((item) => !known.includes(textAt(item, 'name')));
}

const exceptionsIn = (rule: Tree): readonly Tree[] => {
  const group = get(rule, 'statement', 'managed_rule_group_statement');
  const overrides = itemsOf(get(group, 'rule_action_override')).filter((item) =>
    ['allow', 'count'].some((key) => get(item, 'action_to_use', key) !== undefined),
  );
  return [...overrides, ...itemsOf(get(group, 'excluded_rule'))];
};

const rulesOf = (body: Tree): ReadonlyMap<string, Tree> =>
  new Map(
    ['rule', 'rules', 'custom_rules'].flatMap((key) =>
      itemsOf(get(body, key)).flatMap((one) => {
        const name = textAt(one, 'name') ?? textAt(one, 'priority') ?? textAt(one, 'description');
        // what is made for each of a list has the list's names
        return name === undefined || name.includes('${') ? [] : [[name, one] as const];
      }),
    ),
  );

function turnsAway(rule: Tree): boolean {
  const action = get(rule, 'action');
  return TURNS_AWAY.test(action?.text ?? '') || entriesOf(action).some(([key]) => TURNS_AWAY.test(key));
}
const lineOf = (rule: Tree): { readonly line: number } => ({ line: get(rule, 'action')?.line ?? rule.line });
