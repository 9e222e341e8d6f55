/** Who may do what: roles, bindings, what is reachable, and Secrets with values. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { entriesOf, get, itemsOf, named, numberOf, same, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { sensitivePort } from '../../sensitive-ports-and-world-cidrs';
import type { Manifest } from './read-manifests';

/** `old` is undefined for a new object. */
export function noticeAccess(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  switch (now.kind) {
    case 'Role':
    case 'ClusterRole':
      return rules(old, now);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindings(old, now);
    case 'Secret':
      return secrets(old, now);
    case 'Service':
      return services(old, now);
    case 'NetworkPolicy':
      return policies(old, now);
    case 'Ingress':
      return ingresses(old, now);
    default:
      return [];
  }
}

const READING = new Set(['get', 'list', 'watch']);
/** Kubernetes' own groups hold pods, secrets and rights; any other is of what somebody installed. */
const isOfOneProduct = (group: string): boolean =>
  group.includes('.') && (!group.endsWith('.k8s.io') || group === 'metrics.k8s.io');
const ESCALATING = new Set(['escalate', 'bind', 'impersonate']);

function rules(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  const known = itemsOf(get(old?.tree, 'rules'));
  return itemsOf(get(now.tree, 'rules')).flatMap((rule): readonly Noticed[] => {
    if (known.some((one) => same(one, rule))) return [];
    const star = (field: string): Tree | undefined =>
      itemsOf(get(rule, field)).find(({ text }) => text === '*' || text === '*/*');
    const [verbs, resources, urls] = [star('verbs'), star('resources'), star('nonResourceURLs')];
    const allowed = verbs === undefined ? textsOf(get(rule, 'verbs')).slice(0, 4).join(', ') : 'everything';
    const groups = textsOf(get(rule, 'apiGroups'));
    const namesGroups = groups.length > 0;
    const onlyReads = textsOf(get(rule, 'verbs')).every((verb) => READING.has(verb));
    // secrets are in the group without a name
    if (resources !== undefined && namesGroups && onlyReads && !groups.some((group) => /^\*?$/.test(group))) return [];
    if (resources !== undefined && namesGroups && groups.every(isOfOneProduct))
      return [
        factAt('permissions/k8s-rbac (medium): {it} allows {verbs} on all resources of {groups}.', resources, {
          it: now.label,
          verbs: allowed,
          groups: named(groups.join(', ')),
        }),
      ];
    if (resources !== undefined)
      return [
        factAt('permissions/k8s-rbac: {it} allows {verbs} on all resources.', resources, {
          it: now.label,
          verbs: allowed,
        }),
      ];
    if (verbs !== undefined)
      return [
        factAt('permissions/k8s-rbac: {it} allows every verb on {what}.', verbs, {
          it: now.label,
          what: named(textsOf(get(rule, 'resources')).join(', ')) || 'these URLs',
        }),
      ];
    if (urls !== undefined)
      return [factAt('permissions/k8s-rbac: {it} allows all URLs of the API server.', urls, { it: now.label })];
    const grows = itemsOf(get(rule, 'verbs')).find(({ text }) => ESCALATING.has(text ?? ''));
    if (grows !== undefined)
      return [
        factAt('permissions/k8s-rbac: {it} allows {verb}: whoever has it can get further rights.', grows, {
          it: now.label,
          verb: grows.text ?? '',
        }),
      ];
    return old === undefined ? [] : rightsAdded(known, rule, now.label);
  });
}

const DELETES = ['delete', 'deletecollection'];
const CHANGES = ['create', 'update', 'patch', ...DELETES];
/** Resources that open more than themselves or hold what cannot be made again, and the verbs by which they do. */
const GRAVE_RIGHTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^secrets$/, [...CHANGES, ...READING]],
  [
    /^pods\/(?:exec|attach|portforward|ephemeralcontainers)$|^serviceaccounts\/token$/,
    ['create', 'get', 'patch', 'update'],
  ],
  [/^(?:cluster)?role(?:binding)?s$|^(?:mutating|validating)webhookconfigurations$/, CHANGES],
  [
    /^(?:nodes|namespaces|persistentvolume(?:claim)?s|customresourcedefinitions|volumesnapshots|pods|(?:deployment|statefulset|daemonset)s)$/,
    DELETES,
  ],
];

/** What a role may do from now on, of what is grave. `known`: the rules that it had. */
function rightsAdded(known: readonly Tree[], rule: Tree, label: string): readonly Noticed[] {
  const had = (resource: string, verb: string): boolean =>
    known.some(
      (former) =>
        textsOf(get(former, 'resources')).some((text) => text === '*' || text === resource) &&
        textsOf(get(former, 'verbs')).some(
          (text) => text === '*' || text === verb || (text === 'list' && verb === 'watch'),
        ),
    );
  for (const resource of textsOf(get(rule, 'resources'))) {
    const verbs = GRAVE_RIGHTS.find(([names]) => names.test(resource))?.[1] ?? [];
    const verb = itemsOf(get(rule, 'verbs')).find(
      ({ text }) => verbs.includes(text ?? '') && !had(resource, text ?? ''),
    );
    if (verb !== undefined)
      return [
        {
          ...factAt('permissions/k8s-rbac (medium): {it} allows {verb} of {resource} from now on.', verb, {
            it: label,
            verb: verb.text ?? '',
            resource: named(resource),
          }),
          cause: `rights of ${label}`,
        },
      ];
  }
  return [];
}

const ANYBODY = /^system:(?:anonymous|unauthenticated|authenticated)$/;

function bindings(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  const role = get(now.tree, 'roleRef', 'name');
  const name = role?.text ?? '';
  const known = new Set(itemsOf(get(old?.tree, 'subjects')).map(subjectOf));
  const added = itemsOf(get(now.tree, 'subjects')).filter((subject) => !known.has(subjectOf(subject)));
  const roleIsNew = textAt(old?.tree, 'roleRef', 'name') !== name;
  const found: Noticed[] = [];
  const whom = named(added.map((subject) => textAt(subject, 'name') ?? '').join(', ')) || 'its subjects';
  if (role !== undefined && (name === 'cluster-admin' || (name === 'admin' && now.kind === 'ClusterRoleBinding'))) {
    const at = roleIsNew ? role : added[0];
    const reach = now.kind === 'RoleBinding' ? 'namespace' : 'whole cluster';
    if (at !== undefined)
      found.push(
        factAt('permissions/iam-admin: {it} makes {whom} administrator of the {what} ({role}).', at, {
          it: now.label,
          whom,
          what: reach,
          role: name,
        }),
      );
  }
  const [first] = added;
  if (first !== undefined && name === 'system:openshift:scc:privileged')
    found.push(
      factAt('permissions/k8s-privileged: {it} lets {whom} run pods with all rights on their host.', first, {
        it: now.label,
        whom,
      }),
    );
  const people = added.find((subject) => /^(?:Group|User)$/.test(textAt(subject, 'kind') ?? ''));
  if (role !== undefined && name === 'admin' && now.kind === 'RoleBinding' && people !== undefined)
    found.push(
      factAt('permissions/iam-admin (medium): {it} makes {whom} administrator of the namespace ({role}).', role, {
        it: now.label,
        whom,
        role: name,
      }),
    );
  for (const subject of added) {
    const who = get(subject, 'name');
    if (who !== undefined && ANYBODY.test(who.text ?? ''))
      found.push(
        factAt('permissions/iam-principal: {it} gives {role} to everybody ({who}).', who, {
          it: now.label,
          role: named(name),
          who: who.text ?? '',
        }),
      );
    if (who?.text === 'system:masters')
      found.push(
        factAt('permissions/iam-admin: {it} names system:masters, which may do everything.', who, { it: now.label }),
      );
  }
  return found;
}

const subjectOf = (subject: Tree): string =>
  ['kind', 'namespace', 'name'].map((key) => textAt(subject, key) ?? '').join('\n');

/** Placeholders for a value to be filled in. */
const PLACEHOLDER =
  /^(?:<.*>|\$\{.*\}|\$\(.*\)|\{\{.*\}\}|tpl_\w*|ENC\[.*|(?:ref\+|vault:|op:\/\/).*|x{3,}|\*+|(?:change|replace|insert|put|your|example|todo|placeholder|redacted|dummy|sample)[\w .:-]*|AVP.*)$/i;
const TELLING = /pass|pwd|secret|token|key|credential|auth|dsn|url|uri|conn/i;

function secrets(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  if (now.tree.map?.has('sops') === true || textAt(now.tree, 'kind') !== 'Secret') return [];
  const values = ['data', 'stringData'].flatMap((field) =>
    entriesOf(get(now.tree, field)).filter(
      ([key, value]) =>
        value.text !== null &&
        textAt(old?.tree, field, key) !== value.text &&
        isValue(key, field === 'data' ? decoded(value.text) : value.text) &&
        !isPlace(key, field === 'data' ? decoded(value.text) : value.text) &&
        !/\.(?:crt|pub)$/.test(key),
    ),
  );
  const [first] = [...values.filter(([key]) => TELLING.test(key)), ...values];
  if (first === undefined) return [];
  return [
    factAt(
      'secrets/password: {it} holds a value in the repository ({key}): whoever can read the repository has it.',
      first[1],
      { it: now.label, key: named(first[0]) },
    ),
  ];
}

/** Where something is and who asks, which a Secret often holds beside the password. */
const isPlace = (key: string, text: string): boolean =>
  /^(?:\w+[_.-])*(?:db_?name|database|host(?:name)?|port|region|schema|ssl_?mode|user(?:name)?|bucket)$/i.test(key) ||
  (/^[a-z][\w+.-]*:\/\//i.test(text) &&
    !/:\/\/[^/?#]*:[^/?#]+@|(?:pass(?:word|wd)?|pwd|secret|token|(?:api|access)_?key)=/i.test(withoutHoles(text)));
const withoutHoles = (text: string): string => text.replace(/\$\{[^{}]*\}/g, '').replace(/\$\{[^{}]*\}/g, '');

const isValue = (key: string, text: string): boolean =>
  text.trim() !== '' &&
  !PLACEHOLDER.test(text.trim()) &&
  (!SETTINGS.test(key) || TELLING.test(key) || !text.trim().includes('\n') || HOLDS_SECRET.test(text));
/** A file of settings in a Secret: a line of it has to say that it is secret, and to have a value of its own. */
const SETTINGS = /(?:^|\.)(?:ya?ml|json|toml|ini|conf|cfg|config|properties|xml)$/i;
const HOLDS_SECRET =
  /-----BEGIN|:\/\/[^/?#\s]{0,200}:[^/?#\s]{1,200}@|(?:pass|pwd|secret|token|key|credential|auth|dsn)(?![\w-]{0,60}(?<!pro)(?:file|path)["']?\s{0,20}[:=])[\w-]{0,60}["']?\s{0,20}[:=]\s{0,20}(?!["']?(?:\{\{|tpl_|\$|(?:true|false|null)\b))[^\s#]/i;

function decoded(text: string): string {
  try {
    return atob(text.replace(/\s/g, ''));
  } catch {
    return text;
  }
}

function services(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  const type = get(now.tree, 'spec', 'type');
  const found: Noticed[] = [];
  const ports = itemsOf(get(now.tree, 'spec', 'ports')).map((port) => numberOf(get(port, 'port')) ?? 0);
  const port = ports.find((one) => sensitivePort(one) !== undefined);
  const internal =
    entriesOf(get(now.tree, 'metadata', 'annotations')).some(
      ([key, { text }]) => /internal/i.test(key) && !/^(?:false|external)$/i.test(text ?? ''),
    ) ||
    textAt(now.tree, 'spec', 'loadBalancerSourceRanges') !== undefined ||
    (get(now.tree, 'spec', 'loadBalancerSourceRanges')?.list?.length ?? 0) > 0;
  if (
    type?.text === 'LoadBalancer' &&
    textAt(old?.tree, 'spec', 'type') !== 'LoadBalancer' &&
    port !== undefined &&
    !internal
  )
    found.push(
      factAt('permissions/net-open: {it} opens {what} ({port}) to the network outside the cluster.', type, {
        it: now.label,
        what: sensitivePort(port) ?? 'a port',
        port: String(port),
      }),
    );
  const world = itemsOf(get(now.tree, 'spec', 'loadBalancerSourceRanges')).find(({ text }) =>
    /^(?:0\.0\.0\.0|::)\/0$/.test(text ?? ''),
  );
  if (world !== undefined && !textsOf(get(old?.tree, 'spec', 'loadBalancerSourceRanges')).includes(world.text ?? ''))
    found.push(factAt('permissions/net-open: {it} is reachable from everywhere.', world, { it: now.label }));
  const ranges = get(old?.tree, 'spec', 'loadBalancerSourceRanges');
  if (
    ranges !== undefined &&
    get(now.tree, 'spec', 'loadBalancerSourceRanges') === undefined &&
    type?.text === 'LoadBalancer'
  )
    found.push(
      factWas('permissions/net-open: {it} is reachable from everywhere: its source ranges are removed.', ranges, {
        it: now.label,
      }),
    );
  return found;
}

function policies(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  const rulesOf = (tree: Tree | undefined): readonly Tree[] => itemsOf(get(tree, 'spec', 'ingress'));
  return rulesOf(now.tree).flatMap((rule): readonly Noticed[] => {
    if (old === undefined || rulesOf(old.tree).some((one) => same(one, rule))) return [];
    if (rule.map?.size === 0)
      return [factAt('permissions/net-open: {it} lets in traffic from everywhere.', rule, { it: now.label })];
    const world = itemsOf(get(rule, 'from'))
      .map((from) => get(from, 'ipBlock', 'cidr'))
      .find((cidr) => /^(?:0\.0\.0\.0|::)\/0$/.test(cidr?.text ?? ''));
    if (world === undefined) return [];
    return [
      factAt('permissions/net-open: {it} lets in traffic from everywhere ({range}).', world, {
        it: now.label,
        range: world.text ?? '',
      }),
    ];
  });
}

const GUARDING =
  /\/(?:auth-(?:url|type|secret|signin|tls-secret)|whitelist-source-range|allowlist-source-range|denylist-source-range|waf-acl-id|wafv2-acl-arn|enable-modsecurity)$/;

const LIMITING = /\/limit-(?:rpm|rps|connections)$/;

function ingresses(old: Manifest | undefined, now: Manifest): readonly Noticed[] {
  const [before, after] = [get(old?.tree, 'metadata', 'annotations'), get(now.tree, 'metadata', 'annotations')];
  const [lost] = entriesOf(before).filter(([key]) => GUARDING.test(key) && after?.map?.has(key) !== true);
  const found: Noticed[] =
    lost === undefined
      ? []
      : [
          factWas('permissions/auth-removed: {it} no longer checks who comes in: {key} is removed.', lost[1], {
            it: now.label,
            key: lost[0],
          }),
        ];
  const [limit] = entriesOf(before).filter(([key]) => LIMITING.test(key) && after?.map?.has(key) !== true);
  if (limit !== undefined && !entriesOf(after).some(([key]) => LIMITING.test(key)))
    found.push(
      factWas(
        'permissions/auth-removed: Nothing limits any more how often {it} may be called: {key} is removed.',
        limit[1],
        { it: now.label, key: limit[0] },
      ),
    );
  for (const [key, value] of entriesOf(after)) {
    const oldValue = textAt(before, key);
    if (oldValue === value.text) continue;
    if (
      /whitelist-source-range$|allowlist-source-range$/.test(key) &&
      /(?:^|,\s*)(?:0\.0\.0\.0|::)\/0/.test(value.text ?? '')
    )
      found.push(factAt('permissions/net-open: {it} lets in every address.', value, { it: now.label }));
    if (
      key.endsWith('/cors-allow-origin') &&
      value.text?.trim() === '*' &&
      entriesOf(after).some(([other, { text }]) => other.endsWith('/cors-allow-credentials') && text !== 'false')
    )
      found.push(
        factAt(
          "permissions/public-data: {it} lets every site read answers with the user's credentials (CORS *).",
          value,
          { it: now.label },
        ),
      );
  }
  return found;
}
