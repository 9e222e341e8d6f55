/** What is deleted after a time from now on: lifecycles of buckets, images and indices, and entries that leave a list of stores. */
import { anyOf } from '../../../base/patterns';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { entriesOf, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { plainName, type Setting } from './flat-settings-and-addresses';

type SettingsByPath = ReadonlyMap<string, Setting>;

/** How old, or how many, may be there; `delete {}` is the phase of an index. */
const EXPIRES =
  /(?:^|\.)(?:expiration|noncurrent_version_expiration)(?:\.\d+)?\.(?:days|noncurrent_days|newer_noncurrent_versions)$|(?:^|\.)delete\.delete$|(?:^|\.)delete_after_days_since_\w+_greater_than$/;
/** Earlier versions, and images that have no name any more. */
const OF_LEFTOVERS = /noncurrent|snapshot|version\./;
/** Nobody notices over a weekend what was overwritten or deleted by mistake. */
const WEEKEND = 3;
/** How many images, or days of them, a policy of a registry keeps. */
const COUNT = '.selection.countNumber';
/** A lifecycle in a resource of its own, and the store that it is of. */
const LIFECYCLES: readonly (readonly [RegExp, RegExp])[] = [
  [/^aws_ecr_lifecycle_policy$/, /^aws_ecr_repository$/],
  [/^aws_s3_bucket_lifecycle_configuration$/, /^aws_s3_bucket$/],
  [/^azurerm_storage_management_policy$/, /^azurerm_storage_(?:account|container)$/],
];

const DELETED_LATER = 'destructive/tf-no-final-copy: {it} has what is older deleted from now on ({name}).';

interface Block {
  readonly subject: string;
  readonly type: string;
  readonly isNew: boolean;
  readonly before: SettingsByPath;
  readonly after: SettingsByPath;
  readonly body: Tree;
  /** Types of the folder's resources: those that were there, and those that come. */
  readonly types: { readonly known: ReadonlySet<string>; readonly fresh: ReadonlySet<string> };
}

/** What a block deletes by itself that stayed before: a new block only where its store was there. */
export function expiries({ subject, type, isNew, before, after, body, types }: Block): readonly Noticed[] {
  const has = (all: ReadonlySet<string>, pattern: RegExp): boolean => [...all].some((name) => pattern.test(name));
  const store = LIFECYCLES.find(([lifecycle]) => lifecycle.test(type))?.[1];
  if (isNew && (store === undefined || !has(types.known, store) || has(types.fresh, store))) return [];
  const it = plainName(subject);
  const fewer = [...after].flatMap(([path, { value, name }]): Noticed[] => {
    const [from, to] = [Number(before.get(path)?.value.text ?? NaN), Number(value.text ?? NaN)];
    return path.endsWith(COUNT) && to < from
      ? [
          factAt('destructive/tf-no-final-copy: {name} goes down from {from} to {to} for {it}.', value, {
            name,
            from: String(from),
            to: String(to),
            it,
          }),
        ]
      : [];
  });
  if (fewer.length > 0) return fewer;
  if (type === 'aws_ecr_lifecycle_policy') return isNew ? imagesExpire(it, after, body) : [];
  const inSide = (side: SettingsByPath): readonly Setting[] =>
    [...side.values()].filter(({ path, value }) => EXPIRES.test(path) && value.text !== '0');
  const fresh = inSide(after).filter(({ path }) => !before.has(path));
  if (inSide(after).length <= inSide(before).length) return [];
  const worst = fresh.find(({ path }) => !OF_LEFTOVERS.test(path)) ?? fresh[0];
  if (worst === undefined) return [];
  return [
    factAt(
      DELETED_LATER,
      worst.value,
      { it, name: plainName(worst.path.replace(/\.\d+/g, '')) },
      OF_LEFTOVERS.test(worst.path) && !isSoon(worst) ? 'low' : 'medium',
    ),
  ];
}

/** Earlier versions, which a mistake is undone by, are gone before the mistake is seen. */
const isSoon = ({ path, value }: Setting): boolean =>
  /noncurrent/.test(path) && !path.endsWith('newer_noncurrent_versions') && Number(value.text ?? NaN) <= WEEKEND;

/** A registry whose images stayed; those without a tag are what nobody names any more. */
function imagesExpire(it: string, settings: SettingsByPath, body: Tree): readonly Noticed[] {
  const selected = [...settings.values()].filter(({ name }) => name === 'tagStatus');
  const isOfUntagged = selected.length > 0 && selected.every(({ value }) => value.text === 'untagged');
  const policy = settings.get('policy')?.value ?? body;
  return [factAt(DELETED_LATER, policy, { it, name: 'images' }, isOfUntagged ? 'low' : 'medium')];
}

/** Lists and maps of values by what they name; other lists say who may do something, or where. */
const STORES = /* @__PURE__ */ anyOf(
  String.raw`buckets? clusters? databases? datasets? dbs? disks? file_systems? filestores? hubs? instances? machines? namespaces?
  projects? queues? repositor(?:y|ies) secrets? servers? shares? tables? topics? vaults? vms? volumes?`,
  { before: '(?:^|_)(?:', after: ')(?:_(?:map|configs?|list|names|settings))?$', flags: 'i' },
);
const NO_STORES = /* @__PURE__ */ anyOf(
  String.raw`_ids?$ access admin alias allow arn block cidr cors default deny exclude existing external grant ignore label member
  origin peer policy remote subnet tag trusted type user`,
  { before: '', after: '', flags: 'i' },
);

/** Entries that leave a value that says by its name that a store is made for each of them. */
export function entriesGone(before: Tree, after: Tree, depth = 0): readonly Noticed[] {
  const known = new Map(entriesOf(before));
  return entriesOf(after).flatMap(([name, value]): readonly Noticed[] => {
    const old = known.get(name);
    if (old === undefined) return [];
    if (!STORES.test(name) || NO_STORES.test(name)) return depth < 4 ? entriesGone(old, value, depth + 1) : [];
    const keys = namesIn(value);
    const gone = namesIn(old).filter((key) => !keys.includes(key));
    if (keys.length === 0 || gone.length === 0) return [];
    return [
      factAt(
        'destructive/tf-address-changed (medium): {what} leaves {name}: what is made for each of its entries is destroyed.',
        value,
        { what: plainName(gone.join(', ')), name: plainName(name) },
      ),
    ];
  });
}

/** The keys of a map of blocks, and the items of a list by their names. */
const namesIn = (value: Tree): readonly string[] =>
  value.map !== null
    ? [...value.map].flatMap(([key, inner]) => (inner.map === null ? [] : [key]))
    : (value.list ?? []).flatMap((item) => item.text ?? item.map?.get('name')?.text ?? []);
