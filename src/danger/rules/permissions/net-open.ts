import { type Call } from '../../commands/program-call';
import { STORES_IN_CHARTS } from '../../helm-store-names-and-ansible-cloud-modules';
import { once } from '../../lazy-value';
import { isWorld, sensitivePort } from '../../sensitive-ports-and-world-cidrs';
import { entriesOf, textAt, textsOf, get, isEmpty, isNo, type Pair, type Tree } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings, Subject } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'a port, machine or database that everybody on the Internet can now reach, or a firewall that is switched off',
  why: 'Attackers scan the whole Internet for such ports and try passwords on them.',
  fix: 'Open the port to the networks that need it, not to everybody.',
} as const satisfies Rule;

export const OPEN_PORT = 'permissions/net-open: {port} is open to the world ({what}).';

/** What guards a machine, by the names of its services. */
const FIREWALLS = /^(?:firewalld|ufw|iptables|ip6tables|nftables|shorewall|fail2ban|apparmor|auditd)(?:\.service)?$/;

/** What turns away requests by rules of its own, as words. */
const FILTER_OF_REQUESTS =
  /^(?:activate|enable|use|create|deploy)_(?:\w+_)?(?:ng)?(?:waf|ddos(?:_protection)?|shield(?:_advanced)?|bot_(?:protection|control))(?:_\w+)?$|(?:^|_)(?:ng)?(?:waf|ddos(?:_protection)?|bot_(?:protection|control))_(?:enabled|active)$/;

/** Lists of whom a firewall lets in, and services that hold data or run commands. */
const LET_IN = /firewall\w*_(?:services|ports)$|^(?:ufw|iptables|nftables)_(?:\w+_)?(?:services|ports)$/i;
const SENSITIVE_SERVICE =
  /^(?:postgres(?:ql)?|mysql|mariadb|redis|mongo(?:db)?|elasticsearch|memcached|mssql|rdp|telnet|nfs|docker)$/i;

/** Whether machines can be reached from outside by themselves. */
const ADDRESS_OF_ITS_OWN =
  /(?:^|_)(?:map_public_ip_on_launch|(?:associate|assign|allocate|enable)_public_ip(?:_address|v4)?|enable_external_ips?|public_ip(?:_(?:enabled|assigned|on_launch))?)$/;
/** What turns requests or objects away, and what only writes them down. */
const STRICTNESS =
  /(?:^|_)(?:(?:waf|firewall|policy|enforcement|security)_)?(?:mode|enforcement_action|(?:validation_)?failure_action)$/;
const TURNS_AWAY = /^(?:prevention|prevent|block|deny|enforce[d]?|enforcing|strict(?:est)?|defensive)$/i;
const WATCHES_ALONE =
  /^(?:disable|detection|detect|count|log|monitor(?:ing)?|audit|report[_-]?only|permissive|dry_?run|warn|disabled?|off|none)$/i;
/** Rules of a filter that are left out, or what they pass over. */
const LEFT_OUT =
  /^(?:disabled?_?rules?|(?:global_?|rule_?|waf_?|managed_?)exclusions?|excluded_?rules?|waf_?exceptions?)$/i;
const OF_LINTERS = /lint|biome|detekt|ruff|rubocop|codacy|sonar|(?:^|[/ ])\.[\w-]+\.(?:ya?ml|json|toml)$/i;
/** Where a program listens. */
const LISTENS =
  /(?:^|_)(?:bind|listen)(?:_(?:address(?:es)?|addr|host|ip|interface))?$|(?:^|_)(?:admin|metrics|db|database|postgres(?:ql)?|mysql|redis|api|management)_host$/;
const ALONE = /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\]|10\.[\d.]+|192\.168\.[\d.]+)(?::\d+)?$/;
const EVERYWHERE = /^(?:0\.0\.0\.0|\*|::|\[::\]|all|any)(?::\d+)?$/;
/** Lists of what a firewall lets in. */
const PORTS_OF_FIREWALL =
  /^(?:\w+[_-])?(?:tcp|udp|open(?:ed)?|allowed|public|ingress|inbound|firewall)[_-]?(?:tcp[_-]?|udp[_-]?)?ports$|^ports$/i;
const RULES_OF_FIREWALL = /(?:firewall|ferm|nft(?:ables)?|iptables|ufw|acl|security_?group)\w*rules$/i;
/** Where a list of ports is of what runs in containers. */
const CONTAINERS = /compose|chart|helm|values|k8s|kubernetes|manifest|deploy/i;
const FROM =
  /^(?:remote_ip_prefix|cidrs?|cidr_(?:ip|ipv4|blocks?)|ip_?ranges?|sources?|source_(?:ranges|addresses|ips|cidr)|src|saddr|from)$/i;
const EVERY_PORT = /^(?:any|all|\*|[01][-:/]65535)$/i;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'port to_port destination_port', under: 'ufw firewalld iptables', after: 'there', only: opensToAll, says: 'Task "{it}" lets every address in at port {after}.' },
    { key: 'state', under: 'ufw', after: /^(?:disabled|reset)$/, says: 'Task "{it}" switches the firewall off.' },
    { key: 'default policy', under: 'ufw iptables', after: /^(?:allow|ACCEPT)$/i, only: ({ within }) => /^(?:incoming|INPUT|routed|FORWARD|)$/i.test(textAt(within?.after, 'direction') ?? textAt(within?.after, 'chain') ?? ''), says: 'Task "{it}" lets in whatever no rule names.' },
    { key: 'state', under: 'service systemd systemd_service', after: /^stopped$/, only: ({ within }) => FIREWALLS.test(textAt(within?.after, 'name') ?? ''), says: 'Task "{it}" stops what guards the machine.' },
  ],
  azure: [
    { key: 'publicNetworkAccess', before: /^Disabled$/i, after: /^Enabled$/i, says: '{it} is reachable from the internet.' },
    { key: 'defaultAction', before: /^Deny$/, after: /^Allow$/, says: '{it} lets in every network.' },
    { key: 'startIpAddress', after: /^0\.0\.0\.0$/, only: ({ within }) => textAt(within?.after, 'endIpAddress') === '255.255.255.255', says: '{it} lets in every address.' },
    { key: 'ipAddressOrRange', before: 'not world', after: 'world', says: '{it} lets in every address.' },
    { key: '[]', under: 'authorizedIPRanges', before: 'absent', after: 'world', says: '{it} lets in every address.' },
  ],
  cloudformation: [
    { key: '[]', under: 'PublicAccessCidrs', before: 'absent', after: 'world', says: 'The API of the cluster is reachable from everywhere.' },
    { key: 'EndpointPublicAccess', before: 'no', after: 'yes', says: 'The API of the cluster is reachable from the internet.' },
  ],
  data: [
    { key: FILTER_OF_REQUESTS, before: 'yes', after: 'no', says: 'The filter of requests is switched off: {where}.' },
    { key: /^(?:.*_)?(?:firewall|ufw|firewalld|iptables|nftables)(?:_enabled?|_state|_manage)?$/, before: 'yes', after: 'no', says: 'The firewall is switched off: {where}.' },
    { key: /^(?:.*_)?selinux(?:_state|_mode|_policy_state)?$/, before: /^enforcing$/i, after: /^(?:permissive|disabled)$/i, says: 'SELinux no longer stops anything: {where} is {after}.' },
    { key: '[]', under: LET_IN, before: 'absent', after: 'set', existing: true, severity: 'medium', only: isSensitiveEntry, says: 'The firewall lets {after} in from now on ({where}).' },
    { key: STRICTNESS, before: TURNS_AWAY, after: WATCHES_ALONE, says: 'What was turned away is only noticed from now on: {where} was {before}, and is {after}.' },
    { key: '[]', existing: true, before: 'absent', after: 'there', severity: 'medium', together: true, only: ({ path }, { type = '' }) => path.some((step) => LEFT_OUT.test(step)) && !OF_LINTERS.test(type), says: 'The filter of requests passes over more from now on ({where}).' },
    { key: LEFT_OUT, existing: true, before: 'absent', after: 'there', severity: 'medium', only: ({ after }, { type = '' }) => !isEmpty(after) && !OF_LINTERS.test(type), says: 'The filter of requests passes over more from now on ({where}).' },
    { key: '[]', existing: true, before: 'absent', after: 'there', severity: 'medium', together: true, only: letsWorldIn, says: 'One more port is open to the world from now on ({where}).' },
    { key: '[]', under: PORTS_OF_FIREWALL, existing: true, before: 'absent', after: 'there', severity: 'medium', together: true, only: isOnePort, says: 'One more port is open from now on ({where}).' },
    { key: '[]', under: RULES_OF_FIREWALL, existing: true, before: 'absent', after: 'there', severity: 'medium', together: true, only: ({ after }) => ['type', 'action', 'policy', 'rule', 'target', 'jump'].some((key) => /^(?:accept|allow|pass)$/i.test(textAt(after, key) ?? '')) && !isSourceNamed(after), says: 'The firewall lets more in from now on ({where}).' },
    { key: 'enabled', under: /^(?:network_?polic(?:y|ies)|pod_security_policy_config|private_cluster_config|master_authorized_networks_config)$/i, before: 'yes', after: 'no', severity: 'medium', says: 'What kept others out is switched off: {where}.' },
    { key: '[]', under: 'validationActions', before: /^Deny$/, after: 'absent', stays: true, says: 'What was turned away is only noticed from now on: {before} leaves {where}.' },
    { key: /^(?:mode|enable_policy|policy_enforcement_mode)$/, before: /^(?:REGISTRY_ONLY|always|default)$/, after: /^(?:ALLOW_ANY|never)$/, severity: 'medium', says: 'More of the network can be reached from now on: {where} was {before}, and is {after}.' },
    { key: 'cidr_block', of: /^google_container_cluster/, before: 'not world', after: 'world', says: 'The API of the cluster is reachable from everywhere.' },
    { key: LISTENS, before: ALONE, after: EVERYWHERE, severity: 'medium', says: 'Other machines reach it from now on: {where} was {before}, and is {after}.' },
    { key: ADDRESS_OF_ITS_OWN, before: 'not yes', after: 'yes', existing: true, severity: 'medium', says: 'What starts there gets an address on the internet from now on: {where} is on.' },
    { key: /(?:^|_)(?:dest(?:ination)?_)?ports?(?:_range)?$/, before: 'set', after: EVERY_PORT, only: opensMore, severity: 'medium', says: 'Every port is open from now on: {where} was {before}.' },
  ],
  kubernetes: [
    { key: /tailscale\.com\/(?:expose|funnel)$/, before: 'not yes', after: 'yes', severity: 'medium', says: 'Other machines reach it from now on ({where}).' },
  ],
  helm: [
    { key: 'enabled create', under: /^networkPolic(?:y|ies)$/i, before: 'yes', after: 'no', says: 'The network policy leaves the release ({where}).' },
    { key: /^networkPolic(?:y|ies)$/i, existing: true, before: 'absent', after: 'there', severity: 'medium', only: ({ after }) => isNo(get(after, 'enabled')), says: 'The network policy leaves the release ({where}).' },
    { key: /load-balancer-scheme$|ingress\.kubernetes\.io\/scheme$/, before: /^internal$/i, after: /^internet-facing$/i, says: 'The load balancer is reachable from the internet ({where}).' },
    { key: 'type', under: 'service', after: /^LoadBalancer$/, only: ({ path }) => path.some((step) => STORES_IN_CHARTS.test(step)), says: 'The store is reachable from outside the cluster ({where}).' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?compute\b.* firewall-rules\b/, line: /0\.0\.0\.0\/0/, not: /--(?:allow|rules)[= ]\S*\b(?:80|443)\b/, does: 'opens a port to the world' },
  { program: 'defaults', verb: 'write', line: /\bcom\.apple\.alf globalstate (?:-int )?0(?: |$)/, does: 'switches the firewall off' },
  { program: 'socketfilterfw', line: /--setglobalstate\s+off\b/, does: 'switches the firewall off' },
  { program: 'az', verb: /^network\b/, line: /--source-address-prefix(?:es)?[= ](?:\*|0\.0\.0\.0\/0|Internet)/i, only: allowsPort, does: 'opens a port to the world' },
]);

function allowsPort({ args }: Call): boolean {
  const line = args.join(' ');
  return /Allow/.test(line) && !/--destination-port-ranges?[= ](?:80|443)\b/.test(line);
}

/** Some ports were open, by a rule that turns nobody away, and that lets in and not out. */
const opensMore = ({ before, within }: Pair): boolean =>
  !EVERY_PORT.test(before?.text ?? '') &&
  !['action', 'access', 'effect', 'type', 'direction'].some((key) =>
    /deny|drop|reject|block|egress|outbound/i.test(textAt(within?.after, key) ?? ''),
  );

/** A port of a database or of administration, without a source or from everywhere. */
function opensToAll({ after, within }: Pair): boolean {
  const module = within?.after;
  const word = (key: string): string => textAt(module, key) ?? '';
  const port = Number.parseInt(after?.text ?? '', 10);
  const sources = ['src', 'from_ip', 'from', 'source', 'rich_rule'].flatMap((key) => textsOf(get(module, key)));
  return (
    sensitivePort(port) !== undefined &&
    !(port === 22 && sources.length === 0) && // who manages a machine comes that way
    sources.every((one) => isWorld(one)) &&
    !/^(?:deny|reject|limit)$/i.test(word('rule')) &&
    !/^(?:DROP|REJECT|LOG)$/i.test(word('jump')) &&
    !/^(?:OUTPUT|FORWARD)$/.test(word('chain')) &&
    !/^(?:out|outgoing)$/i.test(word('direction')) &&
    !/^(?:disabled|absent)$/.test(word('state')) &&
    !/^(?:internal|trusted|home|work|dmz)$/.test(word('zone')) &&
    !/^(?:true|yes)$/i.test(word('delete'))
  );
}

/** A service by its name, or the port of one: `5432/tcp`. */
const isSensitiveEntry = ({ after, within }: Pair): boolean => {
  const name = after?.text ?? '';
  const port = Number(/^(\d+)(?:\/\w+)?$/.exec(name)?.[1] ?? NaN);
  return (
    (SENSITIVE_SERVICE.test(name) || (port !== 22 && sensitivePort(port) !== undefined)) &&
    !textsOf(within?.before).includes(name)
  );
};

/** A rule that names a port and everybody; pages of the web are for everybody. */
function letsWorldIn({ after }: Pair): boolean {
  const values = entriesOf(after);
  const ports = values.flatMap(([key, value]) => (/port/i.test(key) ? textsOf(value) : []));
  return (
    ports.length > 0 &&
    !ports.every((port) => /^(?:80|443|8080|8443)$/.test(port)) &&
    values.some(([key, value]) => FROM.test(key) && textsOf(value).some((text) => isWorld(text))) &&
    !values.some(([, value]) => /^(?:egress|outbound|out|deny|drop|reject)$/i.test(value.text ?? ''))
  );
}

/** A port of a machine, and not of a container. */
const isOnePort = ({ after, path }: Pair, { type = '' }: Subject): boolean =>
  /^\d{1,5}(?:[/:-]\w+)?$/.test(after?.text ?? '') &&
  !CONTAINERS.test(type) &&
  !path.some((step) => /^(?:services|containers|spec|image)$/.test(step));

/** Whether a rule says who may come in, and these are not all. */
const isSourceNamed = (rule: Tree | undefined): boolean =>
  entriesOf(rule).some(
    ([key, value]) => FROM.test(key) && textsOf(value).some((text) => /\d/.test(text) && !isWorld(text)),
  );
