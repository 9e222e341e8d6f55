/** Time, space and numbers that were not enough, and certificates that were not right. */
import { lookedFor, symptomIn, type Clue, type Symptom } from './types';
import { workloadsIn } from './workloads';

const TROUBLE: readonly Symptom[] = [
  {
    pattern:
      /heap out of memory|OutOfMemoryError|MemoryError|Out of memory: Kill|signal: killed|Max Memory Used|Allowed memory size|cannot allocate memory|runtime exited.*killed/i,
    says: 'a program ran out of memory',
    about: /memory|\bmem\b|heap|Xm[xs]|max-old-space|memory_?limit|GOMEMLIMIT|batch|cache|chunk|buffer|limit/i,
    worse: 'smaller',
  },
  {
    pattern:
      /certificate (?:has )?expired|x509:|unable to verify the first certificate|CERT_HAS_EXPIRED|self.signed certificate|SSL(?:Error|Handshake| handshake)|TLS handshake|certificate verify failed|ERR_TLS|unknown authority|protocol version|no matching cipher/i,
    says: 'a certificate or the encryption was refused',
    about: /cert|tls|ssl|issuer|\bca\b|secretName|cipher|min_?version|verify|dnsNames|acm|renew|san\b/i,
  },
  {
    pattern: /no space left on device|disk (?:is )?full|\bENOSPC\b|volume is full|disk usage|storage full/i,
    says: 'a disk is full',
    about: /storage|volume|disk|size|retention|log|rotate|gib?\b|tmp|cache|keep|ttl|expire/i,
    worse: 'smaller',
  },
  {
    pattern: /too many open files|\b(?:EMFILE|ENFILE)\b|ulimit|fork: retry|resource temporarily unavailable/i,
    says: 'a program may not open more files or start more processes',
    about: /ulimit|nofile|nproc|pids|file|close|open|limit|pool|keep.?alive/i,
  },
  {
    pattern:
      /rate limit|too many requests|throttl|ThrottlingException|quota exceeded|ProvisionedThroughputExceeded|slow ?down|concurrent executions/i,
    says: 'there were more calls than are let through',
    about:
      /rate|limit|throttl|quota|burst|retr|backoff|concurren|capacity|rcu|wcu|billing|interval|poll|batch|parallel|worker/i,
  },
  {
    pattern:
      /Task timed out after|deadline exceeded|DeadlineExceeded|timed? ?out after|TimeoutError|ReadTimeout|SocketTimeout|timeout of \d+ ?ms|Execution timed out|took too long/i,
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
      /high (?:cpu|latency|load)|cpu (?:usage|throttl|utili[sz]ation)|latency|p9[59]|slow (?:query|response|request)/i,
    says: 'it got slow',
    about: /cpu|replicas|timeout|index|pool|cache|batch|limit|loop|await|query|select|join|worker|thread/i,
  },
];
/** A certificate is for hosts. */
const HOSTS = /certificate/;
const HOST = /(?<![\w.@/-])(?:\*\.)?(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])/gi;
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
  return lines.flatMap((line): Clue[] => {
    const trouble = symptomIn(TROUBLE, line);
    if (trouble === undefined) return [];
    const { says } = trouble;
    const own = workloadsIn(line);
    const hosts = HOSTS.test(says) ? [...line.matchAll(HOST)].map(([host]) => host) : [];
    const names = [...new Set([...own, ...hosts, ...everywhere])];
    return [
      {
        says: `${says}${names[0] === undefined ? '' : ` (${names[0]})`}`,
        names,
        ...lookedFor(trouble),
      },
    ];
  });
}
