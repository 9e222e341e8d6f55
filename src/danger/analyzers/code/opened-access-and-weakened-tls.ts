/** Doors that a change opens: one more path that asks for nothing, a check that says yes from now on. */
import type { Check, Code } from '../../code';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { named } from '../../yaml-and-json';
import type { Noticed } from '../../types';

const OPEN_PATH = 'permissions/auth-removed: One more path asks for no sign-in: {path}.';

/** Somebody who is not signed in: `!user`, `session === null`. */
const NOBODY =
  /^(?:!\(?(?:await)?[\w.?]*(?:user|session|token|auth\w*|logged_?in|signed_?in|authenticated)(?:\(\w*\))?\)?|[\w.?]*(?:user|session|token)\)?===?(?:null|undefined))$/i;
/** The request is not for this path. */
const NOT_THIS_PATH =
  /^(?:!\(?[\w.?]*(?:path|pathname|url|route)\w*(?:\.\w+)?\.(?:startsWith|includes|match|endsWith)\(|[\w.?]*(?:path|pathname|url|route)\w*(?:\.\w+)?!==?)["'`](\/[^"'`]{0,100})["'`]\)?\)?$/i;

/** A path leaves the condition that turns away who is not signed in, or joins a list of those that ask for nothing. */
export function morePathsOpen(before: Code, after: Code): readonly Noticed[] {
  return [...inConditions(before, after), ...inLists(before, after)];
}

function inConditions(before: Code, after: Code): readonly Noticed[] {
  const stops = ({ checks }: Code): readonly Check[] =>
    checks.filter(({ kind, text }) => kind === 'condition' && text.startsWith('stop ') && text.includes('&&'));
  const oldStops = stops(before);
  const known = new Set(oldStops.map(({ text }) => text));
  return stops(after).flatMap((check): Noticed[] => {
    if (known.has(check.text)) return [];
    const parts = partsOf(check);
    const old = oldStops
      .map(partsOf)
      .find((one) => one.length < parts.length && one.every((part) => parts.includes(part)));
    if (old === undefined || !parts.some((part) => NOBODY.test(part))) return [];
    const path = parts
      .filter((part) => !old.includes(part))
      .map((part) => NOT_THIS_PATH.exec(part)?.[1])
      .find((one) => one !== undefined);
    return path === undefined ? [] : [factAt(OPEN_PATH, check, { path: named(path) })];
  });
}

const partsOf = ({ text }: Check): readonly string[] =>
  text
    .slice('stop '.length)
    .replace(/^\((.*)\)$/, '$1')
    .split('&&');

/** The first path that a list has more; the whole of a new list is its author's choice. */
function inLists(before: Code, after: Code): readonly Noticed[] {
  const paths = ({ checks }: Code, list: string): ReadonlySet<string> =>
    new Set(checks.flatMap(({ kind, guards, text }) => (kind === 'exempt' && guards === list ? [text] : [])));
  const lists = new Set(after.checks.flatMap(({ kind, guards }) => (kind === 'exempt' ? [guards] : [])));
  return [...lists].flatMap((list): Noticed[] => {
    const oldPaths = paths(before, list);
    const more = after.checks.find(
      ({ kind, guards, text }) => kind === 'exempt' && guards === list && !oldPaths.has(text),
    );
    if (oldPaths.size === 0 || more === undefined || paths(after, list).size <= oldPaths.size) return [];
    return [factAt(OPEN_PATH, more, { path: named(more.text) })];
  });
}

/** A client of a database that insisted on an encrypted connection, and does not now. */
export function connectionsInPlain(before: Code, after: Code): readonly Noticed[] {
  const modes = ({ pairs }: Code): Code['pairs'] => pairs.filter(({ key }) => /ssl_?mode$/i.test(key));
  const oldModes = modes(before);
  return modes(after)
    .filter(
      ({ key, value }) =>
        MAYBE_PLAIN.test(value) && oldModes.some((old) => old.key === key && ENCRYPTED.test(old.value)),
    )
    .filter(({ key }) => !modes(after).some((one) => one.key === key && ENCRYPTED.test(one.value)))
    .map((pair) =>
      factAt(
        'permissions/auth-removed: What is sent may be in plain from now on: {name} asks less than before.',
        pair,
        { name: named(pair.key) },
      ),
    );
}
/** What a client says that checks its server, or that shows the server who it is. */
const VERIFIES =
  /^(?:["'`:]?)(?:ca_?certs?(?:_?file)?|ca(?:_?file|_?path|fileName)?|cacert(?:s|file)|ssl_?ca|sslrootcert|ssl_root_cert|tls_?ca(?:_?file)?|verify(?:_?mode|_?peer|_ssl|_certs)?|check_?hostname|rejectUnauthorized|RootCAs|strictSSL)(?:["'`]?)$/i;
const VERIFIED = /^(?!(?:false|none|null|nil|undefined|0)$)(?!.*(?:VERIFY_NONE|CERT_NONE|:verify_none)).+/i;
const OF_STORES =
  /database|postgres|mysql|mariadb|mongo|redis|valkey|amqp|kafka|ldap|\bdb_|\brepo\b|cassandra|elastic/i;
const CONNECTS = /(?:url|uri|dsn|host|pool|connection_?string)\b|connect\(|createClient\(|create_engine\(/i;

/** A client of a store that checked its server by a certificate, and asks for none now, while it still connects. */
export function serversUnchecked(before: Code, after: Code, path: string): readonly Noticed[] {
  const asks = ({ pairs }: Code): Code['pairs'] =>
    pairs.filter(({ key, value }) => VERIFIES.test(key) && VERIFIED.test(value));
  const [first] = asks(before);
  if (first === undefined || asks(after).length > 0) return [];
  const texts = ({ pairs, calls }: Code): readonly string[] => [
    ...pairs.map(({ key, value }) => `${key} ${value}`),
    ...calls.map(({ name, receiver, args }) => `${receiver}.${name}(${args.map(({ text }) => text).join(' ')}`),
  ];
  const present = texts(after);
  // it may be on by another word, or nothing connects any more
  if (present.some((text) => /verify|cert\b|certs\b|(?:ssl|tls)_?(?:mode|context|opts|options|config)/i.test(text)))
    return [];
  return OF_STORES.test(`${path} ${present.join(' ').slice(0, 20_000)}`) && present.some((text) => CONNECTS.test(text))
    ? [
        factWas(
          'permissions/auth-removed: The client no longer checks that its server is the right one: {name} is removed.',
          first,
          { name: named(first.key.replace(/["'`:]/g, '')) },
        ),
      ]
    : [];
}

const ENCRYPTED = /["'`](?:require[d]?|verify[-_]?(?:ca|full|identity))["'`]/i;
const MAYBE_PLAIN = /["'`](?:prefer(?:red)?|allow|disabled?)["'`]/i;

/** A check that from now on, or as a new one, lets everybody through whatever it is asked. */
export function checksThatSayYes(before: Code, after: Code): readonly Noticed[] {
  const open = ({ checks }: Code): readonly Check[] => checks.filter(({ kind }) => kind === 'open');
  const keyOf = ({ owner = '', guards }: Check): string => `${owner}.${guards}`;
  const known = new Set(open(before).map(keyOf));
  return open(after)
    .filter((check) => !known.has(keyOf(check)))
    .map((check) =>
      factAt('permissions/auth-removed: {what} lets everybody through: it checks nothing.', check, {
        what: named(check.guards),
      }),
    );
}

/** A function that answers whether somebody may. */
const ANSWERS_WHO =
  /^[ \t]*(?:export |public |static |async |private |pub |suspend )*(?:function|const|def|func?|fn)\s+((?:can|may|is_?allowed)(?:[A-Z_]\w*)?)\b/gm;
const RIGHT = /\b(?:PERMISSIONS?|Permissions?|SCOPES?|RIGHTS?)\.\w+/g;
const CALLED = /[\w$]+(?=\()/g;

/** Such a function asks for one right less, and for nothing in its place. */
export function rightsNotAsked(before: string, after: string): readonly Noticed[] {
  const answers = new Map(answersIn(after).map((answer) => [answer.name, answer]));
  return answersIn(before).flatMap(({ name, at, body }): readonly Noticed[] => {
    const present = answers.get(name)?.body;
    if (present === undefined) return [];
    const rights = new Set(present.match(RIGHT));
    const asked: readonly string[] = body.match(RIGHT) ?? [];
    const lost = asked.find((right) => !rights.has(right));
    const isReplaced =
      [...rights].some((right) => !asked.includes(right)) ||
      present.match(CALLED)?.some((call) => !body.includes(`${call}(`));
    if (lost === undefined || isReplaced === true) return [];
    const line = before.slice(0, at + body.indexOf(lost)).split('\n').length;
    return [
      factWas('permissions/auth-removed: {what} no longer asks for {right}.', line, {
        what: named(name),
        right: named(lost),
      }),
    ];
  });
}

function answersIn(text: string): readonly { readonly name: string; readonly at: number; readonly body: string }[] {
  const heads = [...text.matchAll(ANSWERS_WHO)];
  return heads.map(({ index, 1: name = '' }, position) => ({
    name,
    at: index,
    body: text.slice(index, heads[position + 1]?.index ?? index + 2000),
  }));
}
