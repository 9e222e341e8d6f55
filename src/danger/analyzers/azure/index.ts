/**
 * Azure: Bicep files and ARM templates. A deployment only adds to what exists, so only what the file itself says counts
 * and its locks.
 */
import { anyOf } from '../../../base/patterns';
import { isWorld, sensitiveRange } from '../../sensitive-ports-and-world-cidrs';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import {
  compare,
  get,
  itemsOf,
  named,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';
import { readBicep } from './read-bicep';
import { OPEN_PORT } from '../../rules/permissions/net-open';

export const azure: AnalyzerOfFiles = {
  id: 'azure',
  concerns: ({ path, before, after }) =>
    /\.bicep$/i.test(path) ||
    (/\.json$/i.test(path) &&
      [before, after].some((text) => text !== null && /deploymentTemplate\.json|"type"\s*:\s*"Microsoft\./.test(text))),
  notice: (change) => {
    const [before, after] = [resourcesOf(change, change.before), resourcesOf(change, change.after)];
    const found: Noticed[] = [];
    for (const [name, oldTree] of before) {
      const newTree = after.get(name);
      found.push(...(newTree === undefined ? removed(name, oldTree, after) : renamed(name, oldTree, newTree, change)));
    }
    for (const [name, now] of after)
      compare(before.get(name), now, (pair) =>
        found.push(...place(pair, `${named(textAt(now, 'type'))} ${named(name)}`)),
      );
    return found;
  },
};

function resourcesOf(change: Change, text: string | null): ReadonlyMap<string, Tree> {
  if (text === null) return new Map();
  if (/\.bicep$/i.test(change.path)) return readBicep(text);
  const sides = sidesOf(change);
  const tree = text === change.before ? sides?.before[0] : sides?.after[0];
  return new Map(
    [...(get(tree, 'resources')?.map?.values() ?? itemsOf(get(tree, 'resources')))].map((resource) => [
      `${textAt(resource, 'type') ?? ''} ${textAt(resource, 'name') ?? ''}`,
      resource,
    ]),
  );
}

/** Types that hold data: their children and settings are none. */
const STORES = anyOf(
  String.raw`
  Sql/(?:servers|managedInstances)(?:/databases)? DBfor\w+/\w+(?:/databases)? DocumentDB/databaseAccounts(?:/\w+)*
  Storage/storageAccounts(?:/\w+Services/(?:containers|shares|queues|tables))? KeyVault/vaults Cache/redis\w*
  Compute/(?:disks|virtualMachines|snapshots) RecoveryServices/vaults ContainerRegistry/registries
  ContainerService/managedClusters EventHub/namespaces(?:/eventhubs)? ServiceBus/namespaces(?:/\w+)?
  Search/searchServices OperationalInsights/workspaces Kusto/clusters(?:/databases)?
  Synapse/workspaces(?:/sqlPools)? NetApp/.*volumes
  `,
  { before: String.raw`^Microsoft\.(?:`, after: ')$', flags: 'i' },
);

/** Another name is another resource: the old one keeps the data and nobody uses it. */
function renamed(symbol: string, oldTree: Tree, newTree: Tree, { before, after }: Change): readonly Noticed[] {
  const type = textAt(oldTree, 'type') ?? '';
  const [oldName, newName] = [nameIn(oldTree, before ?? ''), nameIn(newTree, after ?? '')];
  const at = get(newTree, 'name');
  return oldName === undefined || newName === undefined || oldName === newName || at === undefined || !STORES.test(type)
    ? []
    : [
        factAt(
          'destructive/tf-forces-replacement: {type} {name} is a new one, without its data: its name is {now} in place of {old}.',
          at,
          {
            type: named(type),
            name: named(symbol),
            now: named(newName),
            old: named(oldName),
          },
        ),
      ];
}

/** A plain text, or the value of the parameter or variable that it names; undefined where only a run can tell. */
function nameIn(resource: Tree, text: string): string | undefined {
  const name = textAt(resource, 'name') ?? '';
  if (!/^[A-Za-z_]\w*$/.test(name) && !/^\[\w+\('([\w-]+)'\)\]$/.test(name))
    return /[${[(]/.test(name) || name === '' ? undefined : name;
  const declared = new RegExp(
    `^[ \\t]*(?:param|var)[ \\t]+${name.replace(/\W/g, '')}\\b[^=\\n]*=[ \\t]*'([^'$\\n]+)'`,
    'm',
  ).exec(text)?.[1];
  if (declared !== undefined) return declared;
  return new RegExp(`^[ \\t]*(?:param|var)[ \\t]+${name.replace(/\W/g, '')}\\b`, 'm').test(text) ? undefined : name;
}

function removed(name: string, old: Tree, after: ReadonlyMap<string, Tree>): readonly Noticed[] {
  const type = textAt(old, 'type') ?? '';
  if (
    STORES.test(type) &&
    ![...after.values()].some((one) => textAt(one, 'type') === type && same(get(one, 'name'), get(old, 'name')))
  )
    return [
      factWas(
        'destructive/tf-resource-removed (medium): {type} {name} leaves the template: a complete deployment or a stack deletes it.',
        old,
        { type: named(type), name: named(name.split(' ').at(-1)) },
      ),
    ];
  if (
    !/Microsoft\.Authorization\/locks$/i.test(type) ||
    [...after.values()].some(
      (one) => textAt(one, 'type') === type && same(get(one, 'properties'), get(old, 'properties')),
    )
  )
    return [];
  return [
    factWas('destructive/tf-protection-off: The lock {name} is removed: what it protects may be deleted.', old, {
      name: named(name),
    }),
  ];
}

function place(pair: Pair, it: string): readonly Noticed[] {
  const { key, before, after, within } = pair;
  if (key === 'sourceAddressPrefix' && after !== undefined && !same(before, after))
    return inbound(within?.after, after, it, before?.text ?? '');
  return noticeSetting('azure', pair, { it });
}

function inbound(rule: Tree | undefined, source: Tree, label: string, old: string): readonly Noticed[] {
  if (
    !isWorld(source.text ?? '') ||
    isWorld(old) ||
    !/^Inbound$/i.test(textAt(rule, 'direction') ?? '') ||
    !/^Allow$/i.test(textAt(rule, 'access') ?? '')
  )
    return [];
  for (const range of [...textsOf(get(rule, 'destinationPortRange')), ...textsOf(get(rule, 'destinationPortRanges'))]) {
    const [from = NaN, to = from] = range === '*' ? [0, 65_535] : range.split('-').map(Number);
    const port = sensitiveRange(from, to);
    if (port !== undefined) return [factAt(OPEN_PORT, source, { port, what: label })];
  }
  return [];
}
