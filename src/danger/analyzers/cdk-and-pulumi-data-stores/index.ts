/**
 * Programs that make infrastructure, with CDK or Pulumi: stores that leave them, get another name there, or are replaced
 * because a name that they have changes. All files of a change are one program: what leaves one may be in another.
 */
import { anyOf } from '../../../base/patterns';
import { codeOf, isCode, type Call, type Code } from '../../code';
import { isTest, isVendored } from '../../path-roles';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { named } from '../../yaml-and-json';
import type { AnalyzerOfChanges, NoticedIn } from '../../types';
import { isKept, keptByDefault, storeOf, type Store } from './constructs-holding-data';

const USES = /aws-cdk|aws_cdk|awscdk|@pulumi\/|\bpulumi|\bsst\b/;

export const programs: AnalyzerOfChanges = {
  id: 'programs',
  concerns: ({ path, before, after }) =>
    isCode(path) && !isTest(path) && !isVendored(path) && before !== null && before !== after && USES.test(before),
  alsoReads: ({ path, after }) => isCode(path) && !isTest(path) && after !== null && after.length < CONSTANTS_AT_MOST,
  async noticeAll(changes, tools) {
    const sides: Side[] = [];
    for (const { path, before, after } of changes) {
      const [oldCode, newCode] = [await codeOf(path, before, tools), await codeOf(path, after, tools)];
      sides.push({
        path,
        old: oldCode ?? undefined,
        now: newCode ?? undefined,
        isRead: after === null || newCode !== null,
      });
    }
    return judged(sides);
  },
};

/** Longer files hold no constants that a name comes from. UTF-16 code units. */
const CONSTANTS_AT_MOST = 50_000;

interface Side {
  readonly path: string;
  readonly old: Code | undefined;
  readonly now: Code | undefined;
  readonly isRead: boolean;
}

interface Made extends Store {
  readonly call: Call;
  readonly path: string;
}

function judged(sides: readonly Side[]): readonly NoticedIn[] {
  const madeOn = (side: 'old' | 'now'): readonly Made[] =>
    sides.flatMap(({ path, [side]: code }) =>
      (code?.calls ?? []).flatMap((call): readonly Made[] => {
        const store = storeOf(call);
        return store === undefined ? [] : [{ ...store, call, path }];
      }),
    );
  const [before, after] = [madeOn('old'), madeOn('now')];
  const fresh = after.filter((one) => !before.some((other) => isSame(one, other)));
  return before.flatMap((store): readonly NoticedIn[] => {
    const still = after.find((other) => isSame(store, other));
    if (still !== undefined) return renamed(store, still, sides);
    if (sides.some(({ path, isRead }) => path === store.path && !isRead)) return [];
    return left(store, fresh);
  });
}

const isSame = (one: Store, other: Store): boolean => one.id === other.id && one.type === other.type;

/** A store that the program no longer makes, or makes under another name. */
function left(store: Made, fresh: readonly Made[]): readonly NoticedIn[] {
  const at = { line: store.call.line };
  const words = { type: named(store.type), id: named(store.id) };
  const twin = fresh.find((other) => other.type === store.type && isAlike(store.call, other.call));
  if (twin !== undefined)
    return isAliased(twin.call, store.id)
      ? []
      : [
          {
            ...factWas(
              'destructive/tf-resource-removed: {type} {id} becomes {other} in the program: a new one takes its place, without its data.',
              at,
              { ...words, other: named(twin.id) },
            ),
            path: store.path,
          },
        ];
  if (isKept(store.call)) return [];
  return keptByDefault(store)
    ? [
        {
          ...factWas(
            'destructive/tf-resource-removed (medium): {type} {id} leaves the program: it, or a last copy, stays behind and nothing manages it.',
            at,
            words,
          ),
          path: store.path,
        },
      ]
    : [
        {
          ...factWas(
            'destructive/tf-resource-removed: {type} {id} leaves the program: it is deleted, with its data.',
            at,
            words,
          ),
          path: store.path,
        },
      ];
}

/** Their arguments beside the name are the same. */
const isAlike = (oldCall: Call, newCall: Call): boolean =>
  oldCall.args.length === newCall.args.length &&
  oldCall.args.some(({ text }) => /[{(&]/.test(text)) &&
  oldCall.args.filter(({ text }, index) => text !== newCall.args[index]?.text).length <= 1;

const isAliased = (call: Call, id: string): boolean =>
  call.args.some(({ text }) => /aliases|override_?logical_?id/i.test(text) && text.includes(id));

/** Arguments whose change makes a new resource in the place of the old one. */
const NAMES = anyOf(
  String.raw`
  table_?name bucket_?name bucket identifier (?:instance|cluster|db_?instance|db_?cluster)_?identifier stream_?name
  queue_?name domain_?name repository_?name log_?group_?name secret_?name file_?system_?name creation_?token
  hash_?key range_?key partition_?key sort_?key collection_?name account_?name vault_?name
  `,
  { before: '^(?:', after: ')$', flags: 'i' },
);

function renamed(oldStore: Made, newStore: Made, sides: readonly Side[]): readonly NoticedIn[] {
  for (const [name, text] of oldStore.call.named) {
    if (!NAMES.test(name)) continue;
    const value = valueOf(text, oldStore.path, 'old', sides);
    const written = newStore.call.named.get(name);
    const newValue = written === undefined ? 'its default' : valueOf(written, newStore.path, 'now', sides);
    if (value === undefined || newValue === undefined || value === newValue) continue;
    const line =
      newStore.path === oldStore.path && written === text ? lineOfConstant(text, oldStore.path, sides) : undefined;
    return [
      {
        ...factAt(
          'destructive/tf-forces-replacement: {type} {id} is replaced by a new one, without its data: {name} is {now} in place of {old}.',
          line ?? newStore.call.line,
          {
            type: named(oldStore.type),
            id: named(oldStore.id),
            name: named(name),
            now: named(newValue),
            old: named(value),
          },
        ),
        path: newStore.path,
      },
    ];
  }
  return [];
}

/** A text, or what a constant of this file, else of one other, is set to; undefined where only a run can tell. */
function valueOf(
  text: string,
  path: string,
  side: 'old' | 'now',
  sides: readonly Side[],
  depth = 0,
): string | undefined {
  const inner = /^[\w.]*\bString\((.*)\)$/s.exec(text.trim())?.[1] ?? text.trim();
  const literal = /^(["'`])([^"'`$\\]*)\1$/.exec(inner)?.[2];
  if (literal !== undefined) return literal;
  if (/^\{.*\}$/s.test(inner) && !/\$\{/.test(inner)) return inner.replace(/\s+/g, ' ');
  const name = /^[\w.]+$/.exec(inner)?.[0].split('.').at(-1);
  if (name === undefined || depth > 3) return undefined;
  const ownSides = sides.filter((one) => one.path === path);
  for (const among of [ownSides, sides.filter((one) => one.path !== path)]) {
    const values = among.flatMap(({ [side]: code }) => constantsIn(code, name));
    const [only, ...others] = [...new Set(values)];
    if (only !== undefined && others.length === 0) return valueOf(only, path, side, sides, depth + 1);
    if (only !== undefined) return undefined;
  }
  return undefined;
}

const constantsIn = (code: Code | undefined, name: string): readonly string[] => {
  const assigned = code?.assigned.get(name);
  if (assigned !== undefined) return [assigned];
  return (code?.pairs ?? []).filter(({ key, owner }) => key === name && owner === '').map(({ value }) => value);
};

const lineOfConstant = (text: string, path: string, sides: readonly Side[]): number | undefined =>
  sides
    .find((one) => one.path === path)
    ?.now?.pairs.find(({ key, owner }) => owner === '' && key === text.trim().split('.').at(-1))?.line;
