import { anyOf } from '../../../base/patterns';
import { once } from '../../lazy-value';
import { textAt, textsOf, type Pair, type Tree } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a bucket, database, snapshot or function that becomes public',
  why: 'Strangers find and copy public data within hours, and you cannot take it back.',
  fix: 'Keep it private. Give access through a signed address or a role.',
} as const satisfies Rule;

const BLOCKS = 'BlockPublicAcls BlockPublicPolicy IgnorePublicAcls RestrictPublicBuckets';

const TERRAFORM = '{key} of {it} is {after}: what is in it can be reached by everybody.';

const TO_ALL = '{it} shares what is in it with everybody ({key}).';

const VISIBILITY = /(?:^|_)(?:visibility|access_level|privacy)$/;
/** Of a file or a folder, as tools for machines and mounted files of clusters call it. */
const FILE_MODE =
  /^(?:(?:\w+_)?(?:file_?|dir(?:ectory)?_|folder_)?mode|default_mode|(?:file_|dir_)?permissions?|(?:file|dir|directory)_perms?)$/;
const OBJECT_STORES = 's3cmd s5cmd b2 b2v4 swift obsutil ossutil cos coscli';
const TO_EVERYBODY = 'opens data to everybody';

/** What others than the owner and the group may do with a file, as `chmod` counts it; undefined where it is no such number. */
function forOthers(mode: Tree | undefined): number | undefined {
  const digits = /^0?o?[0-7]?([0-7])([0-7])([0-7])$/.exec(mode?.text ?? '');
  const words = /^u=[rwxXs]+,g=[rwxXs]*,o=([rwxXt]*)$/.exec(mode?.text ?? '')?.[1];
  if (digits !== null) return Number(digits[3]);
  return words === undefined ? undefined : (words.includes('r') ? 4 : 0) + (words.includes('w') ? 2 : 0);
}
const gains = (bit: number, { before, after }: Pair): boolean => {
  const [old, fresh] = [forOthers(before), forOthers(after)];
  return old !== undefined && fresh !== undefined && (old & bit) === 0 && (fresh & bit) !== 0;
};
/** A folder that forgets who may delete in it; `/tmp` does not, by its sticky bit. */
const opensToWrite = (pair: Pair): boolean => gains(2, pair) && !/^0?[1357][0-7]{3}$/.test(pair.after?.text ?? '');
/** What nobody but its owner and group could read. Web servers' files are to be read. */
const opensToRead = (pair: Pair): boolean =>
  gains(4, pair) && !/(?:www|public|static|assets|html)/i.test(pathBeside(pair));
const pathBeside = ({ within }: Pair): string =>
  ['path', 'dest', 'name', 'src'].map((key) => textAt(within?.after, key) ?? '').join(' ');

/** Whether strangers reach it. */
const OPEN_TO_STRANGERS = /* @__PURE__ */ anyOf(
  String.raw`is_public public(?:ly)?_(?:access(?:ible)?|enabled|read) allow_(?:public(?:_\w+)?|guests?) expose_public(?:ly)?
  internet_facing external_access public_(?:service_)?endpoint(?:_enabled)? internet_service guest_access guests?_enabled`,
  { before: '(?:^|_)(?:', after: ')$' },
);
const ONLY_WITHIN = /* @__PURE__ */ anyOf(
  String.raw`internal_(?:only|lb|alb|nlb|load_balancer) load_balancer_internal is_internal private_(?:only|cluster)
  (?:private_cluster|private_endpoint|managed_virtual_network)_enabled enable_private_(?:nodes|endpoint)
  (?:no|disable)_(?:public|external)_ip internal_ip_only`,
  { before: '(?:^|_)(?:', after: ')$' },
);
const SCHEME = /* @__PURE__ */ anyOf(
  String.raw`scheme exposure ingress(?:_visibility|_settings)? endpoint_type ip_address_type load_balancer_type
  incoming_traffic_policy ip_configuration`,
  { before: '(?:^|_)(?:', after: ')$' },
);
const WITHIN =
  /^(?:internal\w*|private|vpc(?:_endpoint)?|(?:ingress_traffic|allow)_internal\w*|allowvirtualnetworksonly|worker_ip_private)$/i;
const WITHOUT =
  /^(?:internet[-_]facing|external\w*|public|(?:ingress_traffic|allow)_all|allowalltraffic|worker_ip_public)$/i;
/** Whose pages may call it. */
const ORIGINS = /(?:^|[_-])?(?:cors|allow(?:ed)?)[_-]?(?:\w+[_-]?)?origins?(?:[_-]\w+)?$/i;
const EVERY_SITE = /^(?:https?:\/\/)?\*$|^\^?\.\*\$?$/;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  azure: [
    { key: 'allowBlobPublicAccess', existing: true, after: 'yes', says: '{it} lets everybody read blobs ({key}).' },
    { key: 'anonymousPullEnabled', existing: true, after: 'yes', says: '{it} lets everybody pull images ({key}).' },
    { key: 'publicAccess', after: /^(?:Blob|Container)$/, says: '{it} lets everybody read blobs.' },
  ],
  cloudformation: [
    { key: 'AllowUnauthenticatedIdentities', before: 'not yes', after: 'yes', says: 'The identity pool gives credentials to everybody ({key}).' },
    { key: 'AccessControl', after: /^(?:Public|AuthenticatedRead)/, says: 'The bucket is public (AccessControl {after}).' },
    { key: BLOCKS, before: 'not no', after: 'no', says: 'The block against public access is switched off ({key}).' },
    { key: 'PubliclyAccessible', after: 'yes', says: 'The database gets an address on the internet (PubliclyAccessible).' },
    { key: 'AuthType', after: /^NONE$/, says: 'The function can be called by everybody (AuthType NONE).' },
    { key: 'PublicAccessBlockConfiguration', before: 'there', after: 'absent', stays: true, says: 'The block against public access is removed.' },
    { key: BLOCKS, before: 'yes', after: 'absent', stays: true, says: 'The block against public access is removed ({key}).' },
  ],
  data: [
    { key: FILE_MODE, only: opensToWrite, severity: 'medium', says: 'Everybody on the machine may change it from now on: {where} is {after}.' },
    { key: FILE_MODE, only: opensToRead, severity: 'low', says: 'Everybody on the machine may read it from now on: {where} is {after}.' },
    { key: OPEN_TO_STRANGERS, existing: true, before: 'not yes', after: 'yes', severity: 'medium', says: 'Strangers reach it from now on: {where} is on.' },
    { key: 'internal', of: /^aws_(?:lb|alb|elb)\./, before: 'yes', after: 'no', severity: 'medium', says: 'Strangers reach it from now on: {where} is off.' },
    { key: 'private', of: /^github_repository\./, before: 'yes', after: 'no', says: 'Everybody may read the repository from now on ({where}).' },
    { key: /(?:^|_)uniform_bucket_level_access(?:_enabled)?$/, before: 'yes', after: 'no', severity: 'low', says: 'Single objects may be shared with everybody again: {where} is off.' },
    { key: ONLY_WITHIN, of: /^google_/, before: 'yes', after: 'absent', stays: true, severity: 'medium', says: 'Strangers may reach it from now on: {where} is removed.' },
    { key: ONLY_WITHIN, before: 'yes', after: 'no', severity: 'medium', says: 'Strangers reach it from now on: {where} is off.' },
    { key: SCHEME, before: WITHIN, after: WITHOUT, severity: 'medium', says: 'Strangers reach it from now on: {where} is {after}.' },
    { key: '[]', under: ORIGINS, existing: true, before: 'absent', after: EVERY_SITE, severity: 'medium', says: 'The pages of every site may call it from now on ({where}).' },
    { key: ORIGINS, before: 'set', after: EVERY_SITE, severity: 'medium', only: ({ before }) => !EVERY_SITE.test(before?.text ?? ''), says: 'The pages of every site may call it from now on ({where}).' },
    { key: /^(?:\w+_)?debug(?:_mode|_enabled)?$/, of: /(?<![a-z])prod/i, existing: true, before: 'no', after: 'yes', severity: 'medium', says: 'Whoever causes an error sees the inner parts of the program: {where} is on.' },
    { key: VISIBILITY, before: /^(?:private|internal|confidential)$/i, after: /^(?:public|everyone|all)$/i, says: '{where} is {after} from now on: everybody may read it.' },
    { key: VISIBILITY, before: /^private$/i, after: 'absent', stays: true, severity: 'medium', says: '{where} no longer says that it is private: it is what the default says.' },
  ],
  terraform: [
    { key: 'allow_unauthenticated_identities', after: /^true$/, says: '{it} gives credentials to everybody ({key}).' },
    { key: 'shared_accounts account_ids', after: 'there', only: ({ after }) => textsOf(after).some((text) => /^all$/i.test(text)), says: TO_ALL },
    { key: 'uri', of: 'aws_s3_bucket_acl', after: /groups\/global\/(?:AllUsers|AuthenticatedUsers)$/, says: TO_ALL },
    { key: 'group', of: 'aws_ami_launch_permission', after: /^all$/, says: TO_ALL },
    { key: 'special_group', after: /^all(?:Authenticated)?Users$/, says: TO_ALL },
    { key: 'access_type', of: 'oci_objectstorage_bucket', after: /^ObjectRead/, says: TERRAFORM },
    { key: 'publicly_accessible', after: /^true$/, says: TERRAFORM },
    { key: 'acl canned_acl predefined_acl', after: /^(?:public-read|public-read-write|authenticated-read|website|publicRead|publicReadWrite)$/, says: TERRAFORM },
    { key: 'block_public_acls block_public_policy ignore_public_acls restrict_public_buckets enforce_public_access_prevention', after: /^false$/, says: TERRAFORM },
    { key: 'authorization_type', of: 'aws_lambda_function_url', after: /^NONE$/, says: TERRAFORM },
    { key: 'allow_blob_public_access allow_nested_items_to_be_public', after: /^true$/, says: TERRAFORM },
    { key: 'public_network_access public_network_access_enabled', before: 'there', after: /^(?:true|Enabled)$/, says: TERRAFORM },
    { key: 'access_type', before: /^private$/, after: /^(?:blob|container)$/, says: TERRAFORM },
    { key: 'container_access_type', after: /^(?:blob|container)$/, says: TERRAFORM },
    { key: 'public_access_prevention', before: /^enforced$/, after: /^inherited$/, says: TERRAFORM },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'aws', verb: /\bmodify-db-(?:cluster-)?snapshot-attribute\b/, line: /--values-to-add\b.*\ball\b/, does: 'lets everybody copy a snapshot' },
  { program: 'aws', verb: /\bmodify-document-permission\b/, line: /--account-ids-to-add[= ]\S*\ball\b/i, does: TO_EVERYBODY },
  { program: 'bq', line: /add-iam-policy-binding.*all(?:Authenticated)?Users|\ball(?:Authenticated)?Users\b/, does: TO_EVERYBODY },
  { program: 'az', verb: 'acr update', line: /--anonymous-pull-enabled[= ]true/i, does: 'lets everybody pull images' },
  { program: 'oci', line: /--public-access-type[= ](?:ObjectRead|ObjectReadWithoutList)/i, does: TO_EVERYBODY },
  { program: 'icacls', line: /\/grant(?::r)?\s+(?:everyone|\*S-1-1-0):/i, severity: 'medium', does: 'lets everybody on this machine in' },
  { program: 'gcloud', line: /--allow-unauthenticated/, severity: 'medium', does: 'lets everybody call it' },
  { program: 'az', line: /--public-access[= ](?:blob|container)|--allow-blob-public-access[= ]true|--public-network-access[= ]Enabled/i, does: TO_EVERYBODY },
  { program: 'gsutil', verb: 'iam, acl, defacl', line: /all(?:Authenticated)?Users/i, does: TO_EVERYBODY },
  { program: OBJECT_STORES, verb: 'setacl, anonymous, policy', line: /--acl-public|\bpublic\b|\bset (?:download|upload)\b/, does: TO_EVERYBODY },
  { program: 'mc mcli', verb: 'anonymous set', does: TO_EVERYBODY },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'update edit set change modify patch put configure', with: /(?:^|\.)(?:visibility|access|acl|canned_?acl)=public(?:-read(?:-write)?)?$|(?:^|\.)(?:private|is_?private)=false$|(?:^|\.)(?:public|is_?public|publicly_?accessible)=true$/i, does: 'lets everybody read it' },
]);
