/**
 * Azure: Bicep files and ARM templates. A deployment only adds to what exists, so only what the file itself says counts
 * and its locks.
 */
import { isWorld, sensitiveRange } from '../../net/ports';
import {
  compare,
  get,
  gone,
  isNo,
  isYes,
  itemsOf,
  named,
  numberOf,
  on,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../tree';
import type { RuleId } from '../../rules';
import type { Change, Noticed, PackOfFiles } from '../../types';
import { readBicep } from './bicep';

export const azure: PackOfFiles = {
  id: 'azure',
  concerns: ({ path, before, after }) =>
    /\.bicep$/i.test(path) ||
    (/\.json$/i.test(path) &&
      [before, after].some((text) => text !== null && /deploymentTemplate\.json|"type"\s*:\s*"Microsoft\./.test(text))),
  notice: (change) => {
    const [before, after] = [resourcesOf(change, change.before), resourcesOf(change, change.after)];
    const found: Noticed[] = [];
    for (const [name, old] of before) if (!after.has(name)) found.push(...removed(name, old, after));
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

function removed(name: string, old: Tree, after: ReadonlyMap<string, Tree>): readonly Noticed[] {
  const type = textAt(old, 'type') ?? '';
  if (
    !/Microsoft\.Authorization\/locks$/i.test(type) ||
    [...after.values()].some(
      (one) => textAt(one, 'type') === type && same(get(one, 'properties'), get(old, 'properties')),
    )
  )
    return [];
  return [
    gone('destructive/tf-protection-off', old, `The lock ${named(name)} is removed: what it protects may be deleted.`),
  ];
}

/** Keys that protect while they are true. */
const PROTECTING: Readonly<Record<string, RuleId>> = {
  enablePurgeProtection: 'destructive/tf-protection-off',
  enableSoftDelete: 'destructive/tf-protection-off',
  isVersioningEnabled: 'destructive/tf-protection-off',
  deletionProtection: 'destructive/tf-protection-off',
};
/** Keys that open access while they are true. */
const OPENING: Readonly<Record<string, string>> = {
  allowBlobPublicAccess: 'lets everybody read blobs',
  anonymousPullEnabled: 'lets everybody pull images',
  adminUserEnabled: 'has an administrator with a password',
};
const OWNER_ROLES = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/;
const DAYS = /^(?:softDeleteRetentionInDays|backupRetentionDays|retentionDays|days|retentionInDays)$/;

function place(pair: Pair, label: string): readonly Noticed[] {
  const { key, before, after, within } = pair;
  if (same(before, after)) return [];
  const known = within?.before !== undefined;
  const off = Object.hasOwn(PROTECTING, key) ? PROTECTING[key] : undefined;
  if (off !== undefined && isYes(before) && !isYes(after))
    return [
      after === undefined
        ? gone(off, before ?? { line: 1 }, `${label} loses a protection: ${key} is removed.`)
        : on(off, after, `${label} loses a protection: ${key} is off.`),
    ];
  if (after === undefined) return [];
  const opens = Object.hasOwn(OPENING, key) ? OPENING[key] : undefined;
  if (opens !== undefined && isYes(after) && known && key !== 'adminUserEnabled')
    return [on('permissions/public-data', after, `${label} ${opens} (${key}).`)];
  const [old, now] = [before?.text ?? '', after.text ?? ''];
  switch (key) {
    case 'enabled':
      return isNo(after) && isYes(before) && /RetentionPolicy|restorePolicy|backup/i.test(within?.key ?? '')
        ? [
            on(
              'destructive/tf-protection-off',
              after,
              `${label} no longer keeps what is deleted (${within?.key ?? ''}).`,
            ),
          ]
        : [];
    case 'level':
      return /^(?:CanNotDelete|ReadOnly)$/.test(old) && !/^(?:CanNotDelete|ReadOnly)$/.test(now)
        ? [on('destructive/tf-protection-off', after, `${label} no longer keeps anything from being deleted.`)]
        : [];
    case 'publicNetworkAccess':
      return now === 'Enabled' && old === 'Disabled'
        ? [on('permissions/net-open', after, `${label} is reachable from the internet.`)]
        : [];
    case 'publicAccess':
      return /^(?:Blob|Container)$/.test(now)
        ? [on('permissions/public-data', after, `${label} lets everybody read blobs.`)]
        : [];
    case 'defaultAction':
      return now === 'Allow' && old === 'Deny'
        ? [on('permissions/net-open', after, `${label} lets in every network.`)]
        : [];
    case 'sourceAddressPrefix':
      return inbound(within?.after, after, label, old);
    case 'startIpAddress':
      return now === '0.0.0.0' && textAt(within?.after, 'endIpAddress') === '255.255.255.255'
        ? [on('permissions/net-open', after, `${label} lets in every address.`)]
        : [];
    case 'roleDefinitionId':
      return OWNER_ROLES.test(now) && !OWNER_ROLES.test(old)
        ? [on('permissions/iam-admin', after, `${label} makes its principal owner.`)]
        : [];
    case 'ipAddressOrRange':
    case 'authorizedIPRanges': {
      const world = itemsOf(after).find(({ text }) => isWorld(text ?? ''));
      return world === undefined || textsOf(before).some(isWorld)
        ? []
        : [on('permissions/net-open', world, `${label} lets in every address.`)];
    }
    default: {
      const [had, has] = [numberOf(before), numberOf(after)];
      return DAYS.test(key) && had !== undefined && has !== undefined && has < had
        ? [
            on(
              'destructive/tf-protection-off',
              after,
              `${label} keeps data less long: ${key} falls from ${String(had)} to ${String(has)}.`,
            ),
          ]
        : [];
    }
  }
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
    if (port !== undefined) return [on('permissions/net-open', source, `${port} is open to the world (${label}).`)];
  }
  return [];
}
