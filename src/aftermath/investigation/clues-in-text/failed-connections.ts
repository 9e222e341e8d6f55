/** Hosts that can not be reached, and the addresses and users by which they were asked for. */
import { workloadsIn } from './mentioned-workloads';
import { type Clue, type Symptom } from './types';
import { lookedFor, symptomIn } from './match-symptoms';

const WHERE =
  /host|url|uri|dsn|endpoint|server|broker|address|\bport\b|database|connection|redis|postgres|mysql|mongo|amqp|kafka|dns|service|externalName|cname|record/i;
const TROUBLE: readonly Symptom[] = [
  {
    pattern:
      /version mismatch|server version: [\d.]+;|(?:client|server) (?:and|is|version).{0,60}(?:too (?:old|new)|not (?:supported|compatible))|incompatible (?:client|server|protocol) version|unsupported (?:client|server) version/i,
    says: 'a client and a server do not fit each other',
    about: /version|client|server|image|FROM|install|engine|tag/i,
    chiefly: /client|server|FROM|engine_?version/i,
  },
  {
    pattern:
      /\bENOTFOUND\b|SERVFAIL|DNS_PROBE|NameResolutionError|\bEAI_AGAIN\b|no such host|Name or service not known|could not translate host name|Temporary failure in name resolution|NXDOMAIN|UnknownHostException|nodename nor servname|\blookup [\w.-]+ on\b/i,
    says: 'a host has no address',
    chiefly: /host|record|dns|cname|externalName|url|endpoint|\bIN\b|\bns\b|zone/i,
    about: WHERE,
  },
  {
    pattern:
      /password authentication failed|authentication failed|Access denied for user|\bNOAUTH\b|\bWRONGPASS\b|invalid (?:password|credentials)|login failed for user|\bSASL\b/i,
    says: 'a login was refused',
    chiefly: /password|secret|credential/i,
    about: /password|passwd|secret|user|credential|auth|url|dsn|token|key/i,
  },
  {
    pattern:
      /JsonWebToken|\bjwt\b|invalid[_ ]token|token (?:is )?(?:expired|invalid|not yet valid)|invalid signature|TokenExpired|invalid_grant|invalid_client/i,
    says: 'a token was refused',
    about: /audience|issuer|secret|key|algorithm|expire|clock|token|claim|jwt|jwks|scope|client/i,
    chiefly: /audience|issuer|secret|algorithm|jwks/i,
  },
  {
    pattern:
      /\bETIMEDOUT\b|i\/o timeout|Connection timed out|connect timeout|network is unreachable|\bEHOSTUNREACH\b|no route to host/i,
    says: 'a host does not answer',
    chiefly: /network ?polic|security_?group|ingress|egress|cidr|firewall|podSelector|subnet|route_?table|peering/i,
    about:
      /ingress|egress|cidr|security_?group|firewall|network|policy|subnet|route|allow|\bport|peer|vpc|proxy|timeout|host|url/i,
  },
  {
    pattern:
      /\bECONNREFUSED\b|connection refused|Connection reset|\bECONNRESET\b|could not connect to server|failed to connect|connect error/i,
    says: 'a host refuses to be connected to',
    about: /host|url|dsn|endpoint|\bport|targetPort|listen|bind|service|replicas|address|proxy|sslmode|tls/i,
  },
];
/** `postgres://user:…@db.internal:5432/orders`. */
const ADDRESS =
  /\b(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|nats|sqlserver|oracle|mqtt|grpc|https?|tcp):\/\/(?:[^\s@/"']{0,120}@)?([\w.-]{1,200})(?::(\d{2,5}))?(?:\/([\w-]{1,80}))?/gi;
const HOSTS: readonly RegExp[] = [
  /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)\s+([\w.-]{2,200})/g,
  /(?:database|db|schema|cache|cluster)\s+["'`]?([a-z][\w.-]{2,80})/gi,
  /(?:lookup|host name|host|server at|server|broker|address|UnknownHostException:|connect to|connecting to|dial tcp:?)\s+["'`]?([A-Za-z][\w.-]{2,200})/g,
];
const USER = /(?:for user|user)\s*[=:]?\s*["'`]([\w.-]{2,80})["'`]/gi;
const PORT = /:(\d{4,5})\b/g;
const WORDS: ReadonlySet<string> = new Set(
  'the localhost name not has was closed error lookup tcp udp failed refused svc cluster local internal server database host for and with'.split(
    ' ',
  ),
);

const namesOf = (host: string): readonly string[] => {
  const labels = host.split('.').filter((label) => label.length > 2 && !/^\d+$/.test(label));
  return [host, ...labels.slice(0, 1)];
};

export function connections(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line): Clue[] => {
    const trouble = symptomIn(TROUBLE, line);
    if (trouble === undefined) return [];
    const found = [
      ...[...line.matchAll(ADDRESS)].flatMap(([, host = '', , database = '']) => [...namesOf(host), database]),
      ...HOSTS.flatMap((form) => [...line.matchAll(form)].flatMap(([, host = '']) => namesOf(host))),
      ...[...line.matchAll(USER)].map(([, user = '']) => user),
      ...workloadsIn(line),
    ];
    const ports = [...line.matchAll(PORT)].map(([, port = '']) => port);
    const names = [...new Set(found)].filter(
      (name) => name.length > 2 && !WORDS.has(name.toLowerCase()) && !/^[\d.]+$/.test(name),
    );
    const { says } = trouble;
    return [
      {
        says: `${says}${names[0] === undefined ? '' : ` (${names[0]})`}`,
        names: [...names, ...new Set(ports)],
        ...lookedFor(trouble),
      },
    ];
  });
}
