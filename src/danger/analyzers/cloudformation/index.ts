/** CloudFormation, SAM and Serverless Framework templates, in YAML and JSON. */
import { judgeStatements, isAdminPolicy } from '../../iam';
import { isWorld, sensitiveRange } from '../../sensitive-ports-and-world-cidrs';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import {
  compare,
  entriesOf,
  get,
  itemsOf,
  named,
  numberOf,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Change, Noticed, NoticedIn, AnalyzerOfChanges } from '../../types';
import { holdsData, isGlue, replacingOf } from './resource-types-and-replacing-properties';
import { OPEN_PORT } from '../../rules/permissions/net-open';

const RECREATED =
  'destructive/cfn-forces-replacement: {it} is deleted and recreated{data}: {property} cannot change in place.';

// Template values in one spelling: `!Ref X`, `{Ref: X}` and `Fn::Ref` mean the same.

/** Longer values are cut. Characters. */
const LONGEST = 20_000;

/** A text that is equal for values with the same meaning; undefined when there is no value. */
function plain(tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  let lengthToGo = LONGEST;
  const write = (one: Tree): string => {
    if ((lengthToGo -= 8) < 0) return '';
    const inner =
      one.text !== null
        ? JSON.stringify(one.text)
        : one.list !== null
          ? `[${one.list.map(write).join()}]`
          : `{${[...(one.map ?? [])]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`)
              .join()}}`;
    if (!one.tag?.startsWith('!')) return inner;
    const name = one.tag.slice(1);
    const value =
      name === 'GetAtt' && one.text !== null
        ? `[${one.text
            .split('.')
            .map((part) => JSON.stringify(part))
            .join()}]`
        : inner;
    return `{${JSON.stringify(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)}:${value}}`;
  };
  return write(tree);
}

export const cloudformation: AnalyzerOfChanges = {
  id: 'cloudformation',
  concerns: ({ path, before, after }) =>
    /\.(?:ya?ml|json|template|cfn|yml\.j2)$/i.test(path) &&
    [before, after].some(
      (text) =>
        text !== null &&
        /["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::|AWSTemplateFormatVersion|iamRoleStatements/.test(text),
    ),
  noticeAll: (changes): readonly NoticedIn[] => {
    const templates = changes.flatMap((change): readonly Template[] => templateOf(change));
    const moved = new Set(
      templates.flatMap(({ before, after }) => [...(after?.keys() ?? [])].filter((id) => before?.has(id) !== true)),
    );
    return templates.flatMap((template) =>
      [...noticeTemplate(template, moved)].map((noticed) => ({ ...noticed, path: template.path })),
    );
  },
};

interface Template {
  readonly path: string;
  readonly before: ReadonlyMap<string, Tree> | undefined;
  readonly after: ReadonlyMap<string, Tree> | undefined;
  readonly old: Tree | undefined;
  readonly now: Tree | undefined;
}

function templateOf(change: Change): readonly Template[] {
  const sides = sidesOf(change);
  if (sides === null) return [];
  const [old, now] = [sides.before[0], sides.after[0]];
  return [{ path: change.path, before: resourcesOf(old), after: resourcesOf(now), old, now }];
}

function resourcesOf(tree: Tree | undefined): ReadonlyMap<string, Tree> | undefined {
  const resources =
    get(tree, 'Resources') ?? get(tree, 'resources', 'Resources') ?? get(tree, 'resources', 0, 'Resources');
  if (resources?.map === null || resources === undefined) return undefined;
  return new Map([...resources.map].filter(([, one]) => textAt(one, 'Type') !== undefined));
}

function noticeTemplate({ before, after, old, now }: Template, moved: ReadonlySet<string>): readonly Noticed[] {
  const found: Noticed[] = [];
  for (const [id, resource] of before ?? [])
    if (after?.has(id) !== true && !moved.has(id)) found.push(...removed(id, resource, after));
  for (const [id, resource] of after ?? []) {
    const oldResource = before?.get(id);
    if (oldResource !== undefined && !same(oldResource, resource)) found.push(...changed(id, oldResource, resource));
  }
  compare(old, now, (pair) => found.push(...access(pair)));
  return found;
}

/** What keeps the resource when it leaves its template. */
const keepsData = (resource: Tree): boolean => (textAt(resource, 'DeletionPolicy') ?? '').startsWith('Retain');

function removed(id: string, resource: Tree, after: ReadonlyMap<string, Tree> | undefined): readonly Noticed[] {
  const type = textAt(resource, 'Type') ?? '';
  const data = holdsData(type);
  if (keepsData(resource) || (!data && (isGlue(type) || after === undefined))) return [];
  const renamed = [...(after ?? [])].find(
    ([, one]) => textAt(one, 'Type') === type && same(get(one, 'Properties'), get(resource, 'Properties')),
  )?.[0];
  const words = { type, id: named(id), other: named(renamed), data: data ? ', with its data' : '' };
  const fact =
    renamed === undefined
      ? 'destructive/cfn-resource-removed: {type} {id} leaves the template: it is deleted{data}.'
      : 'destructive/cfn-resource-removed: {type} {id} becomes {other}: it is deleted and recreated{data}.';
  return [{ ...factWas(fact, resource, words, data ? 'critical' : 'medium'), cause: 'leaves' }];
}

function changed(id: string, before: Tree, after: Tree): readonly Noticed[] {
  const type = textAt(after, 'Type') ?? '';
  const label = `${type} ${named(id)}`;
  const severity = holdsData(type) ? 'critical' : MADE_AGAIN.test(type) ? 'low' : 'medium';
  const found: Noticed[] = [];
  compare(before, after, (pair) => found.push(...noticeSetting('cloudformation-update', pair, { it: label, type })));
  if (textAt(before, 'Type') !== type) {
    const place = get(after, 'Type');
    if (place !== undefined)
      found.push(
        factAt(
          'destructive/cfn-forces-replacement: Resource {id} becomes a {type}: the old resource is deleted.',
          place,
          { id: named(id), type },
          holdsData(textAt(before, 'Type') ?? '') ? 'critical' : 'medium',
        ),
      );
    return found;
  }
  for (const property of replacingOf(type)) {
    const path = property.split('.');
    const [oldProperty, newProperty] = [get(before, 'Properties', ...path), get(after, 'Properties', ...path)];
    if (plain(oldProperty) === plain(newProperty)) continue;
    if (
      (oldProperty === undefined && DEFAULTS[property]?.test(newProperty?.text ?? '') === true) ||
      (newProperty === undefined && DEFAULTS[property]?.test(oldProperty?.text ?? '') === true)
    )
      continue;
    const words = { it: label, property, data: severity === 'critical' ? ', without its data' : '' };
    if (newProperty !== undefined) found.push(factAt(RECREATED, newProperty, words, severity));
    else if (oldProperty !== undefined) found.push(factWas(RECREATED, oldProperty, words, severity));
  }
  return found;
}

/** Rights, functions and what connects, which the stack makes again by their new name: nothing is kept in them. */
const MADE_AGAIN =
  /^AWS::(?:IAM::(?!User$|AccessKey$)|Lambda::(?:Function|LayerVersion|Permission|Version)$|Serverless::Function$|RDS::DBSubnetGroup$|EC2::SecurityGroup$|ElasticLoadBalancingV2::TargetGroup$)/;

/** Values that are the default anyway. */
const DEFAULTS: Readonly<Record<string, RegExp>> = {
  StorageEncrypted: /^false$/i,
  Encrypted: /^false$/i,
  MultiRegion: /^false$/i,
  PubliclyAccessible: /^false$/i,
  KeySpec: /^SYMMETRIC_DEFAULT$/,
  KeyUsage: /^ENCRYPT_DECRYPT$/,
  PerformanceMode: /^generalPurpose$/,
  PackageType: /^Zip$/,
  Path: /^\/$/,
  Engine: /^$/,
  Port: /^(?:3306|5432|6379)$/,
  LogGroupClass: /^STANDARD$/,
  SchedulingStrategy: /^REPLICA$/,
};

/** Who may do what, anywhere in the template. */
function access(pair: Pair): readonly Noticed[] {
  const { key, before, after } = pair;
  if (same(before, after)) return [];
  if (after !== undefined)
    switch (key) {
      case 'Statement':
      case 'iamRoleStatements':
      case 'statements':
        return judgeStatements(pair).map((one): Noticed => ({ side: 'new', ...one }));
      case 'Policies':
      case 'ManagedPolicyArns':
      case 'managedPolicies':
        return managed(pair);
      case 'CidrIp':
      case 'CidrIpv6':
      case 'CIDRIP':
        return ingress(pair);
    }
  return noticeSetting('cloudformation', pair, { it: '' });
}

function managed({ before, after }: Pair): readonly Noticed[] {
  const had = new Set(textsOf(before));
  const admin = itemsOf(after).find((one) => isAdminPolicy(plainArn(one)) && !had.has(one.text ?? ''));
  return admin === undefined
    ? []
    : [
        factAt('permissions/iam-admin: Grants {policy}.', admin, {
          policy: named(plainArn(admin)).replace(/^.*\//, ''),
        }),
      ];
}

/** The text of an ARN, also within Sub or Join. */
const plainArn = (value: Tree): string =>
  value.text ??
  get(value, 'Fn::Sub')?.text ??
  textsOf(get(value, 'Fn::Join', 1) ?? (value.tag === '!Join' ? value.list?.[1] : undefined)).join('');

function ingress({ path, before, after, within }: Pair): readonly Noticed[] {
  const rule = within?.after;
  if (
    after === undefined ||
    rule === undefined ||
    !isWorld(after.text ?? '') ||
    (before !== undefined && isWorld(before.text ?? ''))
  )
    return [];
  const outward =
    path.some((step) => /Egress/.test(step)) || entriesOf(rule).some(([key]) => key.startsWith('Destination'));
  if (outward) return [];
  const protocol = textAt(rule, 'IpProtocol') ?? 'tcp';
  const [from, to] = [numberOf(get(rule, 'FromPort')), numberOf(get(rule, 'ToPort'))];
  if (protocol === '-1')
    return [
      factAt('permissions/net-open: Every port is open to the world ({what}).', after, {
        what: named(after.text ?? ''),
      }),
    ];
  const port = from === undefined ? undefined : sensitiveRange(from, to ?? from);
  if (port === undefined || /^(?:icmp|icmpv6|1|58)$/i.test(protocol)) return [];
  return [factAt(OPEN_PORT, after, { port, what: named(after.text ?? '') })];
}
