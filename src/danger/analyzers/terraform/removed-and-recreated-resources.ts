/** What is removed from the configuration, gets another address, or has to be recreated. */
import { anyOf } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { holdsData } from '../../terraform/data-holding-types';
import { forcesNew } from '../../terraform/replacing-attributes';
import { EXPRESSION, type Item } from '../../terraform/read-configuration';
import { entriesOf, get, itemsOf, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Noticed, NoticedIn } from '../../types';
import { addressOf, plainName, type Both, type Setting } from './flat-settings-and-addresses';
import { hasSuccessor, holdsCopies, isView } from './successors-and-carried-over-access';

export interface Placed {
  readonly item: Item;
  readonly path: string;
}

/** Removing these loses nothing: nothing runs by them, or nobody can remove them while something does. */
const NOTHING_LOST = /* @__PURE__ */ anyOf(
  String.raw`archive_file aws_athena_named_query aws_cloudwatch_query_definition
  aws_(?:db|elasticache)_(?:option|parameter|subnet)_group aws_ecs_task_definition aws_key_pair
  aws_quicksight_refresh_schedule
  aws_s3_bucket_(?:acl|ownership_controls|cors_configuration|metric|request_payment_configuration)
  local_file local_sensitive_file null_resource random_(?:id|integer|pet|shuffle|string|uuid) template_(?:cloudinit_config|dir|file) terraform_data
  time_\w+`,
);

/** Nobody can remove these while something is in them, and an empty one is made again in a moment. */
const REFUSED_WHILE_USED = /^(?:azurerm_(?:resource_group|subnet)|aws_subnet|google_compute_subnetwork)$/;

/** Making one anew loses nothing: it only says how others are connected. */
const MADE_AGAIN =
  /_(?:policy|attachment|association|record|record_set|connection|endpoint|endpoint_access|permissions?|opt_in|membership|alias|target|rule|firewall|configuration|access_block|inventory|logging|versioning)$|_lakeformation_resource$/;

/** An index of what stays, or a file of a repository whose history stays. */
const MADE_BY_TEXT = /^(?:aws_resourceexplorer2_\w+|(?:github|gitlab)_repository_file|keycloak_authentication_\w+)$/;

/** What opens something: nothing is kept in it, and one takes the place of another. */
const CREDENTIAL =
  /_(?:api_?keys?|access_keys?|service_account(?:_key|_token)?|tokens?|credentials?|login_profile|ssh_keys?|key_pair)$/;

/** By what it is made from, a module that only reads what is elsewhere or makes names: it has nothing of its own. */
const ONLY_READS =
  /(?:^|[/.-])(?:remote-state|(?:null-)?labels?|naming|naming-convention|(?:[\w-]*-)?lookup|iam-roles|roles-to-principals|well-known)(?:\/null)?(?:[?/]|$)/;
/** Modules of what nobody can remove while it is used, and of what somebody was allowed to do: less is, without them. */
const NOTHING_IN_IT = /(?:^|[/_-])(?:role[_-]assignments?|s(?:ub)?net)(?:\/(?:aws|azurerm|google))?(?:[?#]|$)/;
const isNothingLost = (item: Item): boolean =>
  item.kind === 'module'
    ? [ONLY_READS, NOTHING_IN_IT].some((one) => one.test(textAt(item.body, 'source') ?? ''))
    : NOTHING_LOST.test(item.labels[0] ?? '') || (item.labels[0] ?? '').endsWith('_dashboard');

/** Settings of what runs, which Terraform makes again as they were: who uses them notices, and nothing is lost. */
const SETTINGS = /* @__PURE__ */ anyOf(
  String.raw`(?:alb|lb)_(?:listener_rule|target_group) appautoscaling_\w+ athena_workgroup
  autoscaling_(?:attachment|notification|policy|schedule) budgets_\w+ cloudwatch_composite_alarm cloudwatch_event_\w+
  cloudwatch_log_(?:metric|subscription)_filter cloudwatch_metric_alarm
  codebuild_(?:project|webhook) codepipeline codepipeline_webhook
  dms_endpoint glue_(?:crawler|trigger) iam_(?:group_\w+|instance_profile|policy|role|user_(?:group_membership|policy_attachment))\w*
   lakeformation_(?:permissions|resource) lambda_(?:alias|event_source_mapping|permission) launch_(?:configuration|template) scheduler_schedule security_group(?:_rule)?
   ses_receipt_rule sns_topic_(?:policy|subscription) vpc_security_group_(?:egress|ingress)_rule`,
  {
    before: '^(?:aws_(?:',
    after:
      ')|awscc_chatbot_\\w+|azurerm_(?:container_registry_cache_rule|federated_identity_credential|logic_app_(?:action|trigger)_\\w+|monitor_\\w+|network_security_rule|private_dns_zone_virtual_network_link|role_\\w+|user_assigned_identity|virtual_machine_data_disk_attachment)|google_(?:cloud_scheduler_job|cloudbuild_trigger|monitoring_\\w+|project_service)|datadog_\\w+|fastly_ngwaf_\\w*rule|google_\\w+_iam_(?:member|binding|policy)|pagerduty_\\w+)$',
  },
);

/** Whether resources of this type are such settings, or lose nothing at all. */
export const isSetting = (type: string): boolean => SETTINGS.test(type) || NOTHING_LOST.test(type);

const severityOf = (item: Item): 'critical' | 'medium' =>
  item.kind === 'module' || (keepsData(item) && !isChartWithoutData(item)) ? 'critical' : 'medium';

/** Whether a resource holds what the configuration can't make again. */
export const keepsData = (item: Item): boolean => holdsData(item.labels[0] ?? '') && !isMadeFromText(item);

/** Stores of one value. */
const OF_ONE_VALUE = /^(?:aws_ssm_parameter|azurerm_key_vault_secret|google_secret_manager_secret_version)$/;
/** What somebody is to replace by hand. */
const NO_VALUE =
  /^\W*$|change|to-?do|placeholder|dummy|replace|init|default|temp|fixme|xxx|secret|fill|tbd|empty|unset|example/i;
/** What the configuration itself knows or makes. */
const KNOWN_VALUE = /\b(?:local|module|data|random_\w+|tls_\w+|(?:aws|azurerm|google)_\w+)\.\w/;

/** Whether the value that a resource stores stands in the configuration, or is made by it. */
function isMadeFromText({ labels, body }: Item): boolean {
  const value = get(body, 'value') ?? get(body, 'secret_data');
  const { text } = value ?? {};
  if (!OF_ONE_VALUE.test(labels[0] ?? '') || value === undefined || typeof text !== 'string') return false;
  const ignored = textsOf(get(body, 'lifecycle', 'ignore_changes'));
  if (ignored.some((name) => name === 'all' || /value|secret_data/.test(name))) return false;
  const isComputed = value.tag === EXPRESSION || text.includes('${');
  return isComputed ? KNOWN_VALUE.test(text) && !/\bvar\./.test(text) : !NO_VALUE.test(text);
}

/** By its name, what only tests use. */
const OF_TESTS = /^(?:tfer--)?test[_-]/i;

/** Charts of programs that keep nothing: what they know stands in the cluster's own objects. */
const WITHOUT_DATA =
  /(?:^|[/_-])(?:ingress|cert-manager|external-(?:dns|secrets)|metrics-server|kube-state-metrics|cluster-autoscaler|descheduler|karpenter|keda|reloader|node-problem-detector|load-balancer-controller|(?:ebs|efs)-csi-driver)(?:[_-]|$)/;
const isChartWithoutData = ({ labels, body }: Item): boolean =>
  labels[0] === 'helm_release' && WITHOUT_DATA.test(textAt(body, 'chart') ?? '');

/** A group of machines of which none runs. */
const hasNone = ({ body }: Item): boolean =>
  ['node_count', 'desired_count', 'desired_capacity', 'instance_count'].some((key) => textAt(body, key) === '0');

/** Statements of a module about its own past (`moved`, `removed`, …). */
interface Past {
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly removed: readonly {
    readonly from: string;
    readonly destroys: boolean;
    readonly line: number;
    readonly path: string;
  }[];
}

export function pastOf(items: readonly Placed[]): Past {
  const of = (kind: string): readonly Placed[] => items.filter(({ item }) => item.kind === kind);
  return {
    moved: of('moved').map(({ item }) => ({
      from: textAt(item.body, 'from') ?? '',
      to: textAt(item.body, 'to') ?? '',
    })),
    removed: of('removed').map(({ item, path }) => {
      const destroy = get(item.body, 'lifecycle', 'destroy');
      return {
        from: textAt(item.body, 'from') ?? '',
        destroys: destroy?.text !== 'false',
        line: destroy?.line ?? item.line,
        path,
      };
    }),
  };
}

const withoutIndex = (address: string): string => address.replace(/\[[^\]]*\]$/, '');

/** What a folder has beside what leaves it. */
interface Rest {
  readonly past: Past;
  readonly now: ReadonlyMap<string, Placed>;
  /** What is new. */
  readonly fresh: readonly Placed[];
  /** All that there was. */
  readonly before: readonly Placed[];
}

/** A resource or module that is no longer there. */
export function leftConfiguration({ item, path }: Placed, { past, now, fresh, before }: Rest): NoticedIn | undefined {
  const address = addressOf(item);
  if (isNothingLost(item) || isView(item) || hasNone(item) || REFUSED_WHILE_USED.test(item.labels[0] ?? ''))
    return undefined;
  const moved = past.moved.find(({ from }) => withoutIndex(from) === address);
  if (moved !== undefined && (now.has(withoutIndex(moved.to)) || moved.to.startsWith('module.'))) return undefined;
  const removed = past.removed.find(({ from }) => withoutIndex(from) === address);
  if (removed !== undefined && !removed.destroys) return undefined;
  const isCopy = holdsCopies(item, before);
  const data =
    severityOf(item) !== 'critical' || isCopy
      ? ''
      : item.kind === 'module'
        ? ' and everything in it'
        : ', which holds data,';
  const isSmall =
    isCopy ||
    OF_TESTS.test(item.labels.at(-1) ?? '') ||
    [SETTINGS, CREDENTIAL, MADE_AGAIN, MADE_BY_TEXT].some((types) => types.test(item.labels[0] ?? ''));
  const severity = isSmall ? 'low' : severityOf(item);
  if (severity !== 'critical' && removed === undefined && hasSuccessor(item, fresh)) return undefined;
  if (removed !== undefined)
    return {
      ...factAt(
        'destructive/tf-resource-removed: {address}{data} is removed and destroyed.',
        removed,
        { address: plainName(address), data },
        severity,
      ),
      path: removed.path,
      address,
    };
  const twins = fresh.filter(
    (one) =>
      one.item.kind === item.kind &&
      (item.kind === 'module' || one.item.labels[0] === item.labels[0]) &&
      isLike(one.item, item),
  );
  // of several, none of whose names says that it is this one
  if (severity === 'critical' && twins.length > 1 && !twins.some((twin) => sharesWord(twin.item, item)))
    twins.length = 0;
  // of several, the one that still has the old name in its own
  const twin = twins.find((one) => one.item.labels.at(-1)?.includes(item.labels.at(-1) ?? '') === true) ?? twins[0];
  if (twin !== undefined && severity !== 'critical' && (isSmall || MADE_AGAIN.test(item.labels[0] ?? '')))
    return undefined;
  if (twin !== undefined)
    return {
      ...factWas(
        'destructive/tf-address-changed: {address}{data} becomes {what} without a moved block: it is destroyed and recreated.',
        item,
        { address: plainName(address), data, what: plainName(addressOf(twin.item)) },
        severity,
      ),
      path,
      address,
    };
  return {
    ...factWas(
      'destructive/tf-resource-removed: {address}{data} is not in the configuration any more: it will be destroyed.',
      item,
      { address: plainName(address), data },
      severity,
    ),
    path,
    address,
  };
}

const sharesWord = (item: Item, secondItem: Item): boolean =>
  (item.labels.at(-1) ?? '')
    .split(/[_-]/)
    .some((word) => word.length > 1 && secondItem.labels.at(-1)?.includes(word) === true);

/** Whether two blocks have half of their settings in common. */
export function isLike(item: Item, secondItem: Item): boolean {
  const mine = new Set(entriesOf(item.body).map(([key, { text }]) => `${key}=${text ?? ''}`));
  const theirs = entriesOf(secondItem.body).map(([key, { text }]) => `${key}=${text ?? ''}`);
  return theirs.filter((setting) => mine.has(setting)).length * 2 >= Math.max(mine.size, theirs.length);
}

/**
 * In an existing resource or module: what gives its instances other addresses, and what the provider can't change in
 * place.
 */
export function madeAnew(
  { before, after }: Both,
  settings: { readonly before: ReadonlyMap<string, Setting>; readonly after: ReadonlyMap<string, Setting> },
  path: string,
  past: Past,
): readonly NoticedIn[] {
  if (before === undefined || after === undefined) return [];
  const address = addressOf(after);
  const type = after.kind === 'resource' ? (after.labels[0] ?? '') : '';
  if (isNothingLost(after) || SETTINGS.test(type)) return [];
  const severity = severityOf(after);
  const noticed: NoticedIn[] = [];
  const say = (fact: Noticed): void => void noticed.push({ severity, ...fact, path, address });
  const repeated = repetition(
    before.body,
    after.body,
    past.moved.some(({ from }) => withoutIndex(from) === address),
    plainName(address),
  );
  if (repeated !== undefined)
    say(
      factAt(
        'destructive/tf-address-changed: {what}',
        repeated.at,
        { what: repeated.message },
        [CREDENTIAL, MADE_AGAIN].some((types) => types.test(type)) ? 'low' : severity,
      ),
    );
  if (after.kind !== 'resource') return noticed;
  for (const [where, { value }] of settings.after) {
    const old = settings.before.get(where)?.value;
    if (
      old === undefined ||
      old.text === null ||
      value.text === null ||
      old.text === value.text ||
      old.tag === EXPRESSION ||
      value.tag === EXPRESSION ||
      /\$\{/.test(old.text + value.text)
    )
      continue;
    if (forcesNew(type, where))
      say(
        factAt(
          "destructive/tf-forces-replacement: {address}{how} is destroyed and recreated: {where} can't be changed in place.",
          value,
          {
            address: plainName(address),
            how: severity === 'critical' ? ', which holds data,' : '',
            where,
          },
        ),
      );
  }
  const triggered = settings.after.get('lifecycle.replace_triggered_by')?.value;
  if (
    triggered !== undefined &&
    !MADE_AGAIN.test(type) &&
    !CREDENTIAL.test(type) &&
    type !== 'aws_lambda_function' && // nothing is kept in it, and its name stays
    settings.before.get('lifecycle.replace_triggered_by') === undefined
  )
    say(
      factAt(
        'destructive/tf-force-replace (high): {address} is recreated whenever what replace_triggered_by names changes.',
        triggered,
        { address: plainName(address) },
      ),
    );
  return noticed;
}

function repetition(
  before: Tree,
  after: Tree,
  moved: boolean,
  address: string,
): { readonly at: Tree; readonly message: string } | undefined {
  const [oldCount, count, oldEach, each] = [
    get(before, 'count'),
    get(after, 'count'),
    get(before, 'for_each'),
    get(after, 'for_each'),
  ];
  if (moved || address.startsWith('data.')) return undefined;
  if (oldCount !== undefined && each !== undefined && oldEach === undefined)
    return {
      at: each,
      message: `${address} goes from count to for_each without moved blocks: every instance is destroyed and recreated.`,
    };
  if (oldEach !== undefined && count !== undefined && oldCount === undefined)
    return {
      at: count,
      message: `${address} goes from for_each to count without moved blocks: every instance is destroyed and recreated.`,
    };
  if (each !== undefined && oldEach === undefined)
    return {
      at: each,
      message: `${address} gets a key for each instance without a moved block: the one that is there is destroyed.`,
    };
  if (count !== undefined && count.text !== null && /^\d+$/.test(count.text) && count.tag !== EXPRESSION) {
    const oldNumber =
      oldCount === undefined ? 1 : /^\d+$/.test(oldCount.text ?? '') ? Number(oldCount.text) : undefined;
    if (oldNumber !== undefined && Number(count.text) < oldNumber)
      return {
        at: count,
        message: `count of ${address} goes down from ${String(oldNumber)} to ${count.text}: instances are destroyed.`,
      };
    if (oldNumber === undefined && count.text === '0')
      return { at: count, message: `count of ${address} is 0: every instance is destroyed.` };
  }
  const keys = (tree: Tree): readonly string[] | undefined =>
    tree.map ? [...tree.map.keys()] : tree.list ? itemsOf(tree).flatMap(({ text }) => text ?? []) : undefined;
  if (each !== undefined && oldEach !== undefined) {
    const [old, now] = [keys(oldEach), keys(each)];
    const removed = old !== undefined && now !== undefined ? old.filter((key) => !now.includes(key)) : [];
    if (removed.length > 0)
      return {
        at: each,
        message: `${plainName(removed.join(', '))} leaves for_each of ${address}: what belongs to it is destroyed.`,
      };
  }
  return undefined;
}
