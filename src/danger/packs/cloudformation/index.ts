/** CloudFormation, SAM and Serverless Framework templates, in YAML and JSON. */
import { judgeStatements, isAdminPolicy } from '../../iam';
import { isWorld, sensitiveRange } from '../../net/ports';
import {
  compare,
  entriesOf,
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
import type { Change, Noticed, NoticedIn, PackOfChanges } from '../../types';
import { plain } from './functions';
import { noticeProtection } from './protection';
import { holdsData, isGlue, REPLACING } from './types';

export const cloudformation: PackOfChanges = {
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
  return resources?.map === null || resources === undefined
    ? undefined
    : new Map([...resources.map].filter(([, one]) => textAt(one, 'Type') !== undefined));
}

function noticeTemplate({ before, after, old, now }: Template, moved: ReadonlySet<string>): readonly Noticed[] {
  const found: Noticed[] = [];
  for (const [id, resource] of before ?? [])
    if (after?.has(id) !== true && !moved.has(id)) found.push(...removed(id, resource, after));
  for (const [id, resource] of after ?? []) {
    const was = before?.get(id);
    if (was !== undefined && !same(was, resource)) found.push(...changed(id, was, resource));
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
  const what =
    renamed === undefined
      ? `${type} ${named(id)} leaves the template: it is deleted`
      : `${type} ${named(id)} becomes ${named(renamed)}: it is deleted and recreated`;
  return [
    gone(
      'destructive/cfn-resource-removed',
      resource,
      `${what}${data ? ', with its data' : ''}.`,
      data ? 'critical' : 'medium',
    ),
  ];
}

function changed(id: string, before: Tree, after: Tree): readonly Noticed[] {
  const type = textAt(after, 'Type') ?? '';
  const label = `${type} ${named(id)}`;
  const severity = holdsData(type) ? 'critical' : 'medium';
  const found: Noticed[] = [...noticeProtection(label, type, before, after)];
  if (textAt(before, 'Type') !== type) {
    const place = get(after, 'Type');
    if (place !== undefined)
      found.push(
        on(
          'destructive/cfn-forces-replacement',
          place,
          `Resource ${named(id)} becomes a ${type}: the old resource is deleted.`,
          holdsData(textAt(before, 'Type') ?? '') ? 'critical' : 'medium',
        ),
      );
    return found;
  }
  for (const property of Object.hasOwn(REPLACING, type) ? (REPLACING[type] ?? []) : []) {
    const path = property.split('.');
    const [one, other] = [get(before, 'Properties', ...path), get(after, 'Properties', ...path)];
    if (plain(one) === plain(other)) continue;
    if (
      (one === undefined && DEFAULTS[property]?.test(other?.text ?? '') === true) ||
      (other === undefined && DEFAULTS[property]?.test(one?.text ?? '') === true)
    )
      continue;
    const message = `${label} is deleted and recreated${severity === 'critical' ? ', without its data' : ''}: ${property} cannot change in place.`;
    if (other !== undefined) found.push(on('destructive/cfn-forces-replacement', other, message, severity));
    else if (one !== undefined) found.push(gone('destructive/cfn-forces-replacement', one, message, severity));
  }
  return found;
}

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
  const { key, before, after, within } = pair;
  if (after === undefined || same(before, after)) return after === undefined ? protectionLost(pair) : [];
  const text = after.text ?? '';
  switch (key) {
    case 'Statement':
    case 'iamRoleStatements':
    case 'statements':
      return judgeStatements(pair).map((one): Noticed => ({ ...one, side: 'new' }));
    case 'Policies':
    case 'ManagedPolicyArns':
    case 'managedPolicies':
      return managed(pair);
    case 'CidrIp':
    case 'CidrIpv6':
    case 'CIDRIP':
      return ingress(pair);
    case 'AccessControl':
      return text.startsWith('PublicRead')
        ? [on('permissions/public-data', after, `The bucket is public (AccessControl ${text}).`)]
        : [];
    case 'BlockPublicAcls':
    case 'BlockPublicPolicy':
    case 'IgnorePublicAcls':
    case 'RestrictPublicBuckets':
      return isNo(after) && !isNo(before)
        ? [on('permissions/public-data', after, `The block against public access is switched off (${key}).`)]
        : [];
    case 'PubliclyAccessible':
      return isYes(after)
        ? [on('permissions/public-data', after, 'The database gets an address on the internet (PubliclyAccessible).')]
        : [];
    case 'AuthType':
      return text === 'NONE'
        ? [on('permissions/public-data', after, 'The function can be called by everybody (AuthType NONE).')]
        : [];
    case 'AuthorizationType':
    case 'Authorizer':
      return text.toUpperCase() === 'NONE' && before !== undefined
        ? [on('permissions/auth-removed', after, 'The API no longer asks who calls it.')]
        : [];
    case 'Principal':
      return text === '*' &&
        textAt(within?.after, 'Action')?.startsWith('lambda:') === true &&
        get(within?.after, 'SourceArn') === undefined &&
        get(within?.after, 'SourceAccount') === undefined &&
        get(within?.after, 'Effect') === undefined
        ? [on('permissions/iam-principal', after, 'Everybody may call the function (Principal *).')]
        : [];
    case 'PublicAccessCidrs': {
      const world = itemsOf(after).find((one) => isWorld(one.text ?? ''));
      return world === undefined || textsOf(before).some(isWorld)
        ? []
        : [on('permissions/net-open', world, 'The API of the cluster is reachable from everywhere.')];
    }
    case 'EndpointPublicAccess':
      return isYes(after) && isNo(before)
        ? [on('permissions/net-open', after, 'The API of the cluster is reachable from the internet.')]
        : [];
    case 'Privileged':
      return isYes(after) && within?.path.includes('ContainerDefinitions') === true
        ? [on('permissions/container-root', after, 'The container gets all rights on its host (Privileged).')]
        : [];
    default:
      return [];
  }
}

function protectionLost({ key, before, within }: Pair): readonly Noticed[] {
  if (before === undefined || within?.after === undefined) return [];
  if (key === 'PublicAccessBlockConfiguration')
    return [gone('permissions/public-data', before, 'The block against public access is removed.')];
  if (/^(?:BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)$/.test(key) && isYes(before))
    return [gone('permissions/public-data', before, `The block against public access is removed (${key}).`)];
  if (key === 'DefaultAuthorizer' || (key === 'Auth' && get(before, 'DefaultAuthorizer') !== undefined))
    return [gone('permissions/auth-removed', before, 'The API no longer asks who calls it.')];
  return [];
}

function managed({ before, after }: Pair): readonly Noticed[] {
  const had = new Set(textsOf(before));
  const admin = itemsOf(after).find((one) => isAdminPolicy(plainArn(one)) && !had.has(one.text ?? ''));
  return admin === undefined
    ? []
    : [on('permissions/iam-admin', admin, `Grants ${named(plainArn(admin)).replace(/^.*\//, '')}.`)];
}

/** The text of an ARN, also within Sub or Join. */
const plainArn = (one: Tree): string =>
  one.text ??
  get(one, 'Fn::Sub')?.text ??
  textsOf(get(one, 'Fn::Join', 1) ?? (one.tag === '!Join' ? one.list?.[1] : undefined)).join('');

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
    return [on('permissions/net-open', after, `Every port is open to the world (${named(after.text ?? '')}).`)];
  const port = from === undefined ? undefined : sensitiveRange(from, to ?? from);
  return port === undefined || /^(?:icmp|icmpv6|1|58)$/i.test(protocol)
    ? []
    : [on('permissions/net-open', after, `${port} is open to the world (${named(after.text ?? '')}).`)];
}
