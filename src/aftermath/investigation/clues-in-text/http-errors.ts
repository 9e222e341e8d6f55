/** Requests that were answered with an error. */
import type { Clue } from './types';

const REQUEST = /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?:https?:\/\/[^\s/"']{1,200})?(\/[^\s"'?#]{1,200})/g;
const PATH =
  /\b(?:path|uri|url|route|endpoint|request)["']?\s*[=:]\s*["']?(?:https?:\/\/[^\s/"']{1,200})?(\/[^\s"'?#,}]{1,200})/gi;
const STATUS =
  /(?:\bHTTP\/[\d.]+"?\s+|\bcode[ =:]+|\bstatus(?:[_ ]?code)?["']?[ =:]+|\breturned\s+|\brespon(?:se|ded)(?: with)?\s+|\s)([45]\d\d)(?![\d.:\w%-])/i;

const BY_STATUS: readonly { readonly status: RegExp; readonly about: RegExp }[] = [
  {
    status: /^40[13]$/,
    about:
      /auth|token|role|scope|permission|cors|csrf|origin|session|cookie|jwt|allow|deny|secret|key|audience|issuer/i,
  },
  { status: /^404$/, about: /route|router|path|rewrite|location|prefix|ingress|base_?url|\bget\(|\bpost\(|mount/i },
  { status: /^405$/, about: /method|\bget\(|\bpost\(|\bput\(|\bpatch\(|\bdelete\(|route/i },
  { status: /^413$/, about: /body|size|limit|max/i },
  { status: /^429$/, about: /rate|limit|throttl|quota|burst|retr|concurren|window/i },
  { status: /^400$|^422$/, about: /valid|schema|required|parse|type|body|header/i },
  { status: /^50[234]$/, about: /timeout|upstream|proxy|port|replicas|backend|keep.?alive|pool|retr|probe|weight/i },
];
/** What a proxy asked: `upstream: "http://portal:8443/…"`. */
const ASKED = /\b(?:upstream|backend|origin|cluster|target)[:=]\s*"?(?:https?:\/\/)?([a-z][\w.-]{2,80})/gi;
/** It ended a connection that the proxy still wanted to use. */
const ENDED =
  /prematurely closed|connection (?:was )?(?:closed|terminated|reset)|disconnect\/reset|other side closed|upstream_reset/i;
const UPSTREAM = /upstream (?:timed out|prematurely closed|connect error)|(?:gateway|upstream|request) time-?out/i;
const ORIGIN = /blocked by CORS|Access-Control-Allow-Origin|CSRF/i;
const TOO_LARGE =
  /too large (?:a )?body|entity too large|payload too large|PayloadTooLarge|request body too large|exceeded the (?:maximum|limit).{0,40}(?:body|upload)/i;
const TOO_GENERAL: ReadonlySet<string> = new Set(
  'api v1 v2 v3 www index html health app public static rest rpc internal'.split(' '),
);

/** `/api/orders` of `/api/orders/4711/items`: up to what stands for one thing. */
function routesOf(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  const until = parts.findIndex((part) => /\d{2,}|^\d|[0-9a-f]{8}-|[%=;]/i.test(part) && !/^v\d+$/i.test(part));
  const stable = until < 0 ? parts : parts.slice(0, until);
  const specific = stable.filter((part) => !TOO_GENERAL.has(part.toLowerCase()));
  if (specific.length === 0) return [];
  return [
    ...new Set([
      `/${stable.join('/')}`,
      `/${specific.join('/')}`,
      ...(specific.length > 1 ? [`/${specific.at(-1) ?? ''}`] : []),
    ]),
  ];
}

/** The parts of routes that name something. */
const named = (routes: readonly string[]): readonly string[] => [
  ...new Set(
    routes
      .flatMap((route) => route.split('/'))
      .filter((part) => part.length > 2 && !TOO_GENERAL.has(part.toLowerCase())),
  ),
];

export function http(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line, at): Clue[] => {
    const routes = [...line.matchAll(REQUEST), ...line.matchAll(PATH)].flatMap(([, path = '']) => routesOf(path));
    // An API's client prints what it asked for, and the answer below.
    const status =
      STATUS.exec(line)?.[1] ??
      (routes.length === 0 ? undefined : STATUS.exec([lines[at + 1] ?? '', lines[at + 2] ?? ''].join(' '))?.[1]);
    if (ORIGIN.test(line))
      return [
        {
          says: 'a browser or the CSRF protection refused a request',
          names: [],
          about: /cors|origin|csrf|samesite|allow/i,
        },
      ];
    if (TOO_LARGE.test(line))
      return [
        {
          says: 'a request was too large',
          names: named(routes),
          about: /body|upload|entity|payload|size|limit|max/i,
          chiefly: /body|upload|payload/i,
          worse: 'smaller',
        },
      ];
    if (routes.length === 0 && status === undefined && !UPSTREAM.test(line)) return [];
    const hosts = [...line.matchAll(ASKED)].map(([, host = '']) => host);
    if (ENDED.test(line))
      return [
        {
          says: `${hosts[0] ?? 'what was asked'} ended a connection`,
          names: [...hosts, ...named(routes)],
          about: /keep.?alive|idle|timeout|close|linger|drain|shutdown|grace|max_?conn|http_?version|worker|memory/i,
          chiefly: /keep.?alive|idle|drain|grace/i,
          worse: 'smaller',
        },
      ];
    const about = UPSTREAM.test(line)
      ? BY_STATUS.at(-1)?.about
      : BY_STATUS.find((one) => status !== undefined && one.status.test(status))?.about;
    // A request that went well names where it happened, and nothing more.
    if (status === undefined && about === undefined && !/error|fail|exception/i.test(line)) return [];
    const names = [...named(routes), ...hosts];
    return [
      {
        says: `${routes[0] ?? 'a request'} was answered with ${status ?? 'an error'}`,
        names,
        literals: routes.filter((route) => route.length > 4),
        ...(about ? { about } : {}),
      },
    ];
  });
}
