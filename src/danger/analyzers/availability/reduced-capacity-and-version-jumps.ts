/** What a service has less of: replicas, limits, pools, probes; and versions of stores that jump. */
import { anyOf } from '../../../base/patterns';
import { asLow, factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { bytesOf } from '../../rule-rows/kubernetes-bytes';
import { isVendored } from '../../path-roles';
import { surplus } from '../../multiset-difference';
import { compare, isNo, named, numberOf, same, sidesOf, textAt, type Pair, type Tree } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';

const FEWER = 'availability/capacity-cut: {key} is cut from {before} to {after}.';
const LESS = 'availability/capacity-cut: {key} is cut from {before} to {after}: the service gets less to work with.';
const UNLIMITED = 'availability/capacity-cut: {key} has no limit any more: it may take what others need.';
const VERSION_JUMP = 'availability/version-jump: {store} jumps from version {before} to {after}.';

const DATA = /\.(?:ya?ml|json)(?:\.gotmpl)?$/i;
const TERRAFORM = /\.(?:tf|tofu|tfvars)$/;
const OTHER =
  /(?:^|\/)(?:\.github|\.circleci|\.gitlab|\.vscode|locales?|i18n|cassettes|schemas?)\/|(?:^|\/)(?:package|tsconfig|composer|pnpm|openapi|swagger)[\w.-]*\.(?:json|ya?ml)$|lock\.(?:json|ya?ml)$|\.gitlab-ci\.ya?ml$/i;
const WORDS =
  /replica|limits|memory|cpu|probe|pool|image|capacity|size|count|version|nodes|concurren|connections|instance_(?:class|type)/i;

/** Most changes are about something else: their files are not parsed. */
const isWorthReading = (before: string, after: string): boolean =>
  WORDS.test(before) &&
  [...surplus(after.split('\n'), before.split('\n')).keys()].some(
    (line) => WORDS.test(line) || (/enabled/.test(line) && /probe/i.test(before)),
  );

export const capacity: AnalyzerOfFiles = {
  id: 'capacity',
  concerns: ({ path, before, after }) =>
    before !== null &&
    after !== null &&
    before !== after &&
    (DATA.test(path) ? !OTHER.test(path) : TERRAFORM.test(path)) &&
    !isVendored(path) &&
    isWorthReading(before, after),
  notice: (change) => {
    const found = TERRAFORM.test(change.path) ? inTerraform(change) : inData(change);
    const isTried = TRIED.test(change.path);
    // one act is written into the files of many environments
    return found.map((notice) => ({ ...(isTried ? asLow(notice) : notice), across: true as const }));
  },
};

/** Where nobody's work stops with a service. */
const TRIED =
  /(?<![a-z])(?:dev|devel(?:opment)?|stag(?:e|ing)|stg|tests?|testing|qa|uat|sandbox|sbx|sbox|integration|nonprod|non-prod|preview|demo|ithc|perf|minikube|local)(?![a-z])/i;

/** How many run, and how many may be used at once. */
const COUNTS = anyOf(
  String.raw`
  replicas replicaCount (?:min|max)(?:imum)?_?Replica(?:s|Count)? minReplicas maxReplicas minAvailable
  max_?pool_?size maximumPoolSize minimumIdle pool_?size max_?connections maxConnections
  desired_?(?:capacity|count|size) (?:min|max)_(?:size|capacity|count|instances|node_count) node_count num_nodes
  num_cache_nodes instance_count number_of_nodes num_node_groups replicas_per_node_group
  reserved_concurrent_executions provisioned_concurrent_executions (?:read|write)_capacity worker_count
  broker_count minNodes maxNodes instances
`,
  { flags: 'i' },
);
const AMOUNTS = /^(?:memory|cpu|mem_limit|cpus|memory_size|ephemeral-storage)$/i;
const PROBES = /^(?:livenessProbe|readinessProbe|startupProbe|healthcheck|health_check)$/;
/** Stores that turn their data into another form with a new major version. */
const STORES = anyOf(
  String.raw`
  postgres(?:ql)? postgis timescaledb mysql mariadb percona mongo(?:db)? redis valkey elasticsearch opensearch
  rabbitmq cassandra neo4j clickhouse(?:-server)? influxdb vault consul etcd keycloak nextcloud gitea forgejo
  gitlab-ce prometheus grafana minio kafka zookeeper couchdb meilisearch
`,
  { before: '(?:^|/)(', after: String.raw`):v?(\d+)`, flags: 'i' },
);

function inData(change: Change): readonly Noticed[] {
  const sides = sidesOf(change);
  if (sides === null) return [];
  const found: Noticed[] = [];
  for (const after of sides.after) {
    const before =
      sides.before.find((tree) => identity(tree) === identity(after)) ??
      (sides.before.length === 1 && sides.after.length === 1 ? sides.before[0] : undefined);
    if (before !== undefined) compare(before, after, (pair) => found.push(...judged(pair)));
  }
  return found;
}

const identity = (tree: Tree): string => `${textAt(tree, 'kind') ?? ''} ${textAt(tree, 'metadata', 'name') ?? ''}`;

function judged(pair: Pair): readonly Noticed[] {
  const { key, path, before, after, within } = pair;
  if (
    after !== undefined &&
    key === 'enabled' &&
    PROBES.test(within?.key ?? '') &&
    isNo(after) &&
    !isNo(before) &&
    within?.before !== undefined
  )
    return [
      factAt(
        'availability/probe-removed: The {key} is switched off: nobody notices when the service hangs.',
        after,
        { key: named(within.key) },
        { cause: 'probes' },
      ),
    ];
  if (before === undefined || same(before, after)) return [];
  if (PROBES.test(key) && after === undefined && within?.after !== undefined)
    return [
      {
        ...factWas('availability/probe-removed: The {key} is removed: nobody notices when the service hangs.', before, {
          key: named(key),
        }),
        cause: 'probes',
      },
    ];
  if (after === undefined) return [];
  const words = {
    key: named(path.slice(-2).join('.')),
    before: named(before.text ?? ''),
    after: named(after.text ?? ''),
  };
  if (COUNTS.test(key) && isCut(numberOf(before), numberOf(after), 1))
    return [factAt(FEWER, after, words, { cause: 'fewer' })];
  if (AMOUNTS.test(key) && isCut(sizeOf(before.text), sizeOf(after.text), 0))
    return [factAt(LESS, after, words, { cause: 'less' })];
  if (AMOUNTS.test(key) && within?.key === 'limits' && sizeOf(before.text) !== undefined && isNothing(after))
    return [factAt(UNLIMITED, after, words, { cause: 'unlimited' })];
  const [, store = '', oldVersion] = key === 'image' ? (STORES.exec(before.text ?? '') ?? []) : [];
  const [, , newVersion] = key === 'image' ? (STORES.exec(after.text ?? '') ?? []) : [];
  return oldVersion !== undefined && newVersion !== undefined && oldVersion !== newVersion
    ? [
        {
          ...factAt(VERSION_JUMP, after, {
            store: named(store),
            before: oldVersion,
            after: newVersion,
          }),
          cause: `version ${store}`,
        },
      ]
    : [];
}

/** `memory: ~` takes away what a chart or a base says. */
const isNothing = ({ text, map, list }: Tree): boolean =>
  map === null && list === null && /^(?:~|null)?$/.test(text ?? '');

/** To half or less. `least`: what is nothing at all is judged by other rules. */
const isCut = (before: number | undefined, after: number | undefined, least: number): boolean =>
  before !== undefined && after !== undefined && after >= least && after * 2 <= before && after < before;

/** `512Mi`, `500m` of a processor, `0.5`, `512`. */
function sizeOf(text: string | null): number | undefined {
  const plain = text ?? '';
  if (/^\d+m$/.test(plain)) return Number(plain.slice(0, -1)) / 1000;
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  return bytesOf(
    plain.replace(/b$/i, '').replace(/^(\d+)([mgk])$/i, (_, n: string, u: string) => `${n}${u.toUpperCase()}`),
  );
}

interface Attribute {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Attributes by the headers of the blocks around them: half-typed text gives what is there. */
function attributesIn(text: string): ReadonlyMap<string, Attribute> {
  const found = new Map<string, Attribute>();
  const blocks: string[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.length > 1_000 || /^\s*(?:#|\/\/)/.test(line)) return;
    const [, key, value] = /^\s*([A-Za-z_][\w-]*)\s*=\s*"?([^"#{[]{1,100}?)"?\s*(?:#.*)?$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined)
      found.set([...blocks, key].join(' '), { key, value: value.trim(), line: index + 1 });
    if (/\{\s*(?:#.*)?$/.test(line)) blocks.push(line.replace(/\s*=?\s*\{.*$/, '').trim());
    else if (/^\s*\}/.test(line)) blocks.pop();
  });
  return found;
}

const SIZES = [
  'nano',
  'micro',
  'small',
  'medium',
  'large',
  'xlarge',
  '2xlarge',
  '4xlarge',
  '8xlarge',
  '12xlarge',
  '16xlarge',
  '24xlarge',
  '32xlarge',
];
const sizeOfMachine = (type: string): number => SIZES.indexOf(type.slice(type.lastIndexOf('.') + 1));

function inTerraform({ before, after }: Change): readonly Noticed[] {
  const oldAttributes = attributesIn(before ?? '');
  return [...attributesIn(after ?? '')].flatMap(([path, attribute]): readonly Noticed[] => {
    const oldAttribute = oldAttributes.get(path);
    const words = {
      key: named(attribute.key),
      before: named(oldAttribute?.value ?? ''),
      after: named(attribute.value),
    };
    if (
      attribute.key === 'allow_major_version_upgrade' &&
      attribute.value === 'true' &&
      oldAttribute?.value !== 'true' &&
      isOld(path, oldAttributes)
    )
      return [
        factAt(
          'availability/version-jump: The database may be upgraded to another major version (allow_major_version_upgrade).',
          attribute,
        ),
      ];
    if (oldAttribute === undefined || oldAttribute.value === attribute.value) return [];
    const number = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
    if (COUNTS.test(attribute.key) && isCut(number(oldAttribute.value), number(attribute.value), 1))
      return [factAt(FEWER, attribute, words, { cause: 'fewer' })];
    if (AMOUNTS.test(attribute.key) && isCut(sizeOf(oldAttribute.value), sizeOf(attribute.value), 0))
      return [factAt(LESS, attribute, words, { cause: 'less' })];
    if (/^(?:instance_class|instance_type|node_type)$/.test(attribute.key)) {
      const [from, to] = [sizeOfMachine(oldAttribute.value), sizeOfMachine(attribute.value)];
      return to >= 0 && from - to >= 2 ? [factAt(LESS, attribute, words, { cause: 'less' })] : [];
    }
    if (
      /^(?:engine_version|database_version|cluster_version)$/.test(attribute.key) ||
      (attribute.key === 'version' && /_(?:postgresql|mysql|mariadb)\w*_server/.test(path))
    ) {
      const [from, to] = [oldAttribute.value, attribute.value].map((text) => /(\d+)/.exec(text)?.[1]);
      return from !== undefined && to !== undefined && from !== to
        ? [
            {
              ...factAt(VERSION_JUMP, attribute, { store: attribute.key, before: from, after: to }),
              cause: `version ${from} ${to}`,
            },
          ]
        : [];
    }
    return [];
  });
}

/** Whether the block was there before: the first values of a new one are its author's choice. */
const isOld = (path: string, oldAttributes: ReadonlyMap<string, Attribute>): boolean => {
  const block = path.slice(0, path.lastIndexOf(' '));
  return [...oldAttributes.keys()].some((key) => key.startsWith(`${block} `));
};
