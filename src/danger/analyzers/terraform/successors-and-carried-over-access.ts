/** What the rest of a change takes over from what leaves or is new: nothing is lost, or opened, by that part of it. */
import { anyOf } from '../../../base/patterns';
import { EXPRESSION, type Item } from '../../terraform/read-configuration';
import { get, textAt, type Tree } from '../../yaml-and-json';
import { openPortsOf } from './access-opened-in-terraform';
import { addressOf, refersTo } from './flat-settings-and-addresses';
import type { Placed } from './removed-and-recreated-resources';

/**
 * A resource of the same name whose type says the same in other words: providers give their resources new types, such as
 * `aws_s3_object` for `aws_s3_bucket_object`.
 */
export const hasSuccessor = (item: Item, fresh: readonly Placed[]): boolean =>
  item.kind === 'resource' &&
  fresh.some(({ item: newItem }) => {
    if (newItem.kind !== 'resource' || newItem.labels[1] !== item.labels[1] || newItem.labels[0] === item.labels[0])
      return false;
    const [mine, theirs] = [wordsOf(item), wordsOf(newItem)];
    if (mine[0] !== theirs[0] || Math.min(mine.length, theirs.length) < 3) return false;
    return mine.every((word) => theirs.includes(word)) || theirs.every((word) => mine.includes(word));
  });

const wordsOf = ({ labels }: Item): readonly string[] => (labels[0] ?? '').split('_');

/** A view of tables that stay. */
export const isView = ({ labels, body }: Item): boolean =>
  labels[0] === 'aws_glue_catalog_table' && textAt(body, 'table_type') === 'VIRTUAL_VIEW';

/** What only holds what the configuration itself puts there: a file of the repository, or what another resource is called. */
export function holdsCopies(item: Item, besides: readonly Placed[]): boolean {
  const [type = ''] = item.labels;
  if (item.kind !== 'resource') return false;
  if (/^aws_s3_(?:bucket_)?object$|^google_storage_bucket_object$/.test(type))
    return ['source', 'content', 'content_base64'].some((key) => get(item.body, key) !== undefined);
  if (type === 'aws_ssm_parameter') return isMadeElsewhere(get(item.body, 'value') ?? get(item.body, 'insecure_value'));
  if (type === 'aws_secretsmanager_secret_version') return isMadeElsewhere(get(item.body, 'secret_string'));
  if (type === 'azurerm_key_vault_secret') return isMadeElsewhere(get(item.body, 'value'));
  if (type === 'google_secret_manager_secret_version') return isMadeElsewhere(get(item.body, 'secret_data'));
  if (type !== 'aws_secretsmanager_secret') return false;
  const versions = besides.filter(
    ({ item: { labels, source } }) =>
      labels[0] === 'aws_secretsmanager_secret_version' && refersTo(source, addressOf(item)),
  );
  return versions.length > 0 && versions.every((one) => isMadeElsewhere(get(one.item.body, 'secret_string')));
}

/** The attribute of another resource or module by itself: whoever makes it anew fills it in again. */
const isMadeElsewhere = (value: Tree | undefined): boolean =>
  /^\s*"?\$\{(?!var\.|local\.|random_|tls_|each\.|terraform\.|path\.)[^{}]*\}"?\s*$/.test(value?.text ?? '') ||
  isAttribute(value);
const isAttribute = (value: Tree | undefined): boolean =>
  value?.tag === EXPRESSION &&
  /^(?:module\.[\w-]+|(?:data\.)?(?!var\.|local\.|random_|tls_|each\.)[a-z][a-z0-9]*_\w+\.[\w-]+)(?:\[[^\]]*\])?\.(?:[\w.-]+)$/.test(
    (value.text ?? '').trim(),
  );

/** Ports that a folder's other rules opened to the world, and no longer do. */
export function openedBefore(before: readonly Placed[], after: readonly Placed[]): ReadonlySet<string> {
  const portsIn = (all: readonly Placed[]): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(all.map(({ item }) => [addressOf(item), new Set(openPortsOf(item.labels[0] ?? '', item.body))]));
  const newPorts = portsIn(after);
  return new Set(
    [...portsIn(before)].flatMap(([address, ports]) =>
      [...ports].filter((port) => newPorts.get(address)?.has(port) !== true),
    ),
  );
}

/** A bucket's access list became a resource of its own, and lets in whom it let in before. */
export const isKeptAccess = (item: Item, before: readonly Placed[]): boolean =>
  item.labels[0] === 'aws_s3_bucket_acl' &&
  before.some(
    ({ item: { labels, body } }) =>
      labels[0] === 'aws_s3_bucket' &&
      textAt(body, 'acl') === textAt(item.body, 'acl') &&
      (labels[1] === item.labels[1] || refersTo(item.source, labels.join('.'))),
  );

/** What only lets somebody do something: when it leaves, less is allowed. A policy that forbids is no such thing. */
export const isGrant = (address: string, source: string, besides: readonly Placed[]): boolean =>
  GRANT.test(address) &&
  !FORBIDS.test(source) &&
  !besides.some(
    ({ item }) =>
      item.labels[0] === 'aws_iam_policy_document' && FORBIDS.test(item.source) && refersTo(source, addressOf(item)),
  );

const GRANT = /* @__PURE__ */ anyOf(
  String.raw`aws_ecr_repository_policy aws_iam_(?:group|role|user)_polic(?:y|ies)\w* aws_iam_policy\w* aws_lambda_permission
  aws_security_group_rule aws_(?:sns_topic|sqs_queue)_policy aws_vpc_security_group_(?:in|e)gress_rule
  azuread_\w*role_assignment azurerm_key_vault_access_policy azurerm_network_security_rule azurerm_role_assignment google_\w+_iam_(?:binding|member|policy)`,
  { before: '^(?:', after: String.raw`)\.` },
);
const FORBIDS = /\b(?:access|effect)["']?\s*[:=]\s*["']deny/i;
