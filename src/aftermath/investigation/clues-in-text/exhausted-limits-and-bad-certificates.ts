/** Time, space and numbers that were not enough, and certificates that were not right. */
import { type Clue, type Symptom } from './types';
import { hostsIn, quotedIn, lookedFor, symptomIn } from './match-symptoms';
import { workloadsIn } from './mentioned-workloads';

const TROUBLE: readonly Symptom[] = [
  {
    // Before those that are about memory: it is the limit of a cache, and not of a machine.
    pattern: /used memory > 'maxmemory'|OOM command not allowed|SERVER_ERROR out of memory storing|maxmemory/i,
    says: 'a cache takes no more',
    about: /maxmemory|evict|policy|lru|lfu|ttl|expire|cache|redis|memcache|max_?keys/i,
    chiefly: /maxmemory_?policy|evict|lru|ttl|expire/i,
  },
  {
    pattern:
      /heap out of memory|Metaspace|oom-kill|signal 9|SIGKILL|OutOfMemoryError|MemoryError|Out of memory: Kill|signal: killed|Max Memory Used|Allowed memory size|cannot allocate memory|runtime exited.*killed/i,
    says: 'a program ran out of memory',
    about:
      /memory|\bmem\b|heap|Xm[xs]|metaspace|max-old-space|mem(?:ory)?_?(?:limit|max|size)|GOMEMLIMIT|batch|cache|chunk|buffer|limit/i,
    chiefly: /memory|\bmem\b|heap|Xm[xs]|metaspace|max-old-space/i,
    worse: 'smaller',
  },
  {
    pattern:
      /certificate (?:has )?expired|CERT_HAS_EXPIRED|CERT_DATE_INVALID|notAfter|not (?:yet )?valid (?:after|before)|certificate .{0,60}expir|acme.{0,80}(?:fail|error|403|404)|renewal.{0,40}fail|ORDER_NOT_READY|acme-challenge/i,
    says: 'a certificate was not renewed',
    about:
      /renew|certbot|acme|letsencrypt|cert|issuer|expire|duration|well_?known|challenge|dns01|http01|tls|secretName/i,
    chiefly: /renew|certbot|acme|letsencrypt|well_?known|challenge/i,
  },
  {
    pattern:
      /protocol version|no (?:matching|shared) cipher|unsupported protocol|handshake_?failure|alert (?:handshake|protocol)|no protocols available|wrong version number|ERR_SSL_VERSION/i,
    says: 'two sides do not agree on the encryption',
    about: /protocol|cipher|tls|ssl|min_?version|max_?version|curve|security_?policy/i,
    chiefly: /protocol|cipher|min_?version|max_?version|security_?policy/i,
  },
  {
    pattern:
      /x509:|unable to verify the first certificate|self.signed certificate|SSL(?:Error|Handshake| handshake)|TLS handshake|certificate verify failed|ERR_TLS|unknown authority|protocol version|no matching cipher/i,
    says: 'a certificate or the encryption was refused',
    about: /cert|tls|ssl|issuer|\bca\b|secretName|cipher|min_?version|verify|dnsNames|acm|renew|san\b/i,
  },
  {
    pattern:
      /no space left on device|xlogtemp|could not (?:extend|write to) file|disk (?:is )?full|(?:inode|disk) (?:space )?exhausted|flood.stage|\bENOSPC\b|volume is full|disk usage|storage full/i,
    says: 'a disk is full',
    about:
      /storage|volume|disk|size|retention|log|rotate|gib?\b|tmp|cache|keep|ttl|expire|wal\b|slot|prune|vacuum|compact|archive|snapshot/i,
    chiefly: /retention|rotate|keep|wal\b|slot|prune|disk|volume|storage|clean|expire/i,
  },
  {
    pattern: /too many open files|\b(?:EMFILE|ENFILE)\b|ulimit|fork: retry|resource temporarily unavailable/i,
    says: 'a program may not open more files or start more processes',
    about: /ulimit|nofile|nproc|pids|file|close|open|limit_?n|worker_?rlimit|tasks_?max|pool|keep.?alive/i,
    chiefly: /ulimit|nofile|nproc|pids|tasks_?max|rlimit/i,
    worse: 'smaller',
  },
  {
    pattern:
      /(?:ingest|quota|rate.?limit|dropped|discard|volume|flood|exceed).{0,160}\b(?:debug|trace|log lines|cardinality)\b|\b(?:debug|trace|log lines|log volume|cardinality)\b.{0,160}(?:ingest|quota|rate.?limit|dropped|discard|volume|flood|exceed)/i,
    says: 'more is logged than is taken',
    about: /\w*log|level|debug|trace|verbos|sampl|filter|drop|exclude|condition|rate|limit|label|cardinality|severity/i,
    chiefly: /level|debug|trace|verbos|sampl|filter|drop|exclude|condition|severity/i,
  },
  {
    pattern:
      /rate limit|too many requests|throttl|ThrottlingException|quota .{0,40}exceeded|exceeded .{0,40}quota|insufficient quota|RESOURCE_EXHAUSTED|LimitExceeded|TooManyRequests|\b429\b|ProvisionedThroughputExceeded|slow ?down|concurrent executions/i,
    says: 'there were more calls than are let through',
    about:
      /rate|limit|throttl|quota|burst|retr|backoff|concurren|capacity|rcu|wcu|billing|interval|poll|batch|parallel|worker|quota|machine_?type|instance_?type|instance_?class|count|nodes?\b|max/i,
    chiefly: /rate|throttl|quota|burst|capacity|retr|backoff|concurren|machine_?type|instance_?(?:type|class)/i,
  },
  {
    pattern: /RegExp|\bregex|backtrack|ReDoS|catastrophic/,
    says: 'an expression takes long',
    about: /regex|match|pattern|rule|expression|rewrite|replace|re\.|valid/i,
    chiefly: /regex|match|pattern|expression/i,
  },
  {
    pattern:
      /(?:divi(?:de|ded|sion)|modulo) by (?:zero|0)|ZeroDivision|ArithmeticException|DivideByZero|integer (?:divide|overflow)|attempt to (?:divide|multiply|subtract|add) with overflow/i,
    says: 'a number is zero or too large',
    about: /\w*\)?\s+[/%]\s+|divide|divisor|modul|ratio|average|overflow|checked_|saturating_|leading_zeros|shift/i,
    chiefly: /\w*\)?\s+[/%]\s+|divide|divisor|modul/i,
  },
  {
    pattern:
      /read timed out|context deadline|operation timed out|ESOCKETTIMEDOUT|Task timed out after|deadline exceeded|DeadlineExceeded|timed? ?out after|TimeoutError|ReadTimeout|SocketTimeout|timeout of \d+ ?ms|Execution timed out|took too long/i,
    says: 'something took longer than it may',
    about: /timeout|deadline|time_?limit|ttl|wait|retr|duration|seconds|\bms\b|interval|batch|concurren/i,
    worse: 'smaller',
  },
  {
    pattern:
      /queue (?:is )?(?:full|backlog|depth|length)|consumer lag|backlog|messages? (?:are )?piling|visibility timeout|dead.?letter|DLQ|redelivered|max receive/i,
    says: 'a queue is not worked off',
    about:
      /queue|consumer|concurren|prefetch|batch|visibility|redrive|receive|worker|replicas|partition|lag|ack|topic/i,
  },
  {
    pattern: /cache (?:miss|stampede|hit rate)|evicted keys|maxmemory|stale (?:cache|data|content)/i,
    says: 'a cache does not do its part',
    about: /cache|ttl|expire|max_?age|evict|maxmemory|redis|invalidate|etag|key/i,
  },
  {
    pattern:
      /high (?:cpu|latency|load)|\d% (?:cpu|of (?:the )?processor)|cpu (?:usage|throttl|utili[sz]ation|at)|event loop|CFS throttl|load average|full (?:table|collection) scan|seq(?:uential)? scan|latency|p9[59]|slow (?:query|response|request)/i,
    says: 'it got slow',
    about: /cpu|replicas|timeout|index|pool|cache|batch|limit|loop|await|query|select|join|worker|thread/i,
  },
];
/** A certificate is for hosts. */
const HOSTS = /certificate/;
/** `/var/log/shop/access.log`. */
const FILE = /(?<![\w.:/])(\/(?:[\w.@-]{1,80}\/){1,12}[\w.@-]{2,120})/g;
const DISK = /disk/;
const NAMED =
  /\/aws\/lambda\/([\w-]{2,80})|\bfunction[: ]+["']?([\w-]{3,80})|\bqueue[: ]+["']?([\w.-]{3,80})|\bindex[: ]+["']?([\w.-]{3,80})/gi;

export function limits(lines: readonly string[]): readonly Clue[] {
  const everywhere = [
    ...new Set(
      lines.flatMap((line) =>
        [...line.matchAll(NAMED)].flatMap(([, ...names]) =>
          names.filter((name: string | undefined) => name !== undefined),
        ),
      ),
    ),
  ];
  const workloads = [...new Set(lines.flatMap(workloadsIn))];
  return lines.flatMap((line): Clue[] => {
    const trouble = symptomIn(TROUBLE, line);
    if (trouble === undefined) return [];
    const { says } = trouble;
    const subjects = workloadsIn(line);
    const hosts = HOSTS.test(says) ? hostsIn(line) : [];
    const files = DISK.test(says) ? [...line.matchAll(FILE)].map(([, file = '']) => file) : [];
    const found = [...new Set([...subjects, ...hosts, ...files, ...quotedIn(line), ...everywhere])];
    const names = found.length > 0 ? found : workloads;
    return [
      {
        says: `${says}${names[0] === undefined ? '' : ` (${names[0]})`}`,
        names,
        ...(files.length === 0 ? {} : { literals: files }),
        ...lookedFor(trouble),
      },
    ];
  });
}
