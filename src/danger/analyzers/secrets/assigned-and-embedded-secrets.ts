/** A literal next to a name that reveals what it is: `password = "…"`, `api_key: …`, `PGPASSWORD=…`. */
import { anyOf } from '../../../base/patterns';
import type { Secret } from '../../known-secrets/types';
import { isPlaceholder, looksSecret } from '../../known-secrets/placeholders';

const KEYWORD =
  /pass(?:word|wd|phrase|code)|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key|account[_-]?key|service[_-]?key|credential|_auth\b|identified by/gi;
/** Names that refer to a secret but do not hold one. */
const ABOUT = /* @__PURE__ */ anyOf(
  String.raw`action age alg algorithm arn audience bucket budget budgets char chars checksum class client color column cost
  count delimiter description digest dir docs? enabled encoding endpoint ends? engine env error errors event
  example expiration expires expiry factory field file fingerprint form format generator handler hash hashed
  hasher header help hint icon id ids index indices info input issuer keyword keywords kind label len length
  limit limits list lookup manager map max message method min mode models? msg name namespace namespaces node page param parameter path
  pattern placeholder policy position prefix price provider public ref regex required reset rotation route
  rules? s salt schema scheme scope scopes selector separator service set sha size source state status storage
  store strategy stream strength style suffix symbol test text title tokeni[sz]e tokeni[sz]er tree ttl type
  types uri url usage used validator value values var variable version`,
  { before: String.raw`(?:`, flags: 'i' },
);
/** How far a name may extend around a keyword. Characters. */
const NAME_AT_MOST = 60;
const LINE_AT_MOST = 1200;

interface FileSyntax {
  /** Values may be unquoted: `.env`, YAML, INI, properties. */
  readonly bare: boolean;
}

/** A comment that shows what a value looks like. */
const EXAMPLE = /^\s*(?:\/?\*|\/\/|#|--|<!--).*\b(?:example|e\.g\.|for instance)/i;

/** Literal passwords and keys, line by line. */
export function assignedIn(text: string, { bare }: FileSyntax): readonly Secret[] {
  const found: Secret[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.length <= LINE_AT_MOST && !EXAMPLE.test(line)) found.push(...inLine(line, start, bare));
    start += line.length + 1;
  }
  return found;
}

/** Defaults of Terraform's variables, whose names are on a line above. */
export function defaultsIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  let name: string | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    name = /^\s*variable\s+"([\w-]{1,60})"/.exec(line)?.[1] ?? (line.startsWith('}') ? undefined : name);
    const sign = line.length <= LINE_AT_MOST && name !== undefined ? /\bdefault\s*=\s*(?=")/.exec(line) : null;
    if (sign !== null && name !== undefined) {
      // as if the value was assigned to the variable itself
      const before = sign.index + sign[0].length;
      const assigned = `${name} = `;
      for (const secret of inLine(`${assigned}${line.slice(before)}`, 0, false))
        found.push({ ...secret, at: start + secret.at - assigned.length + before });
    }
    start += line.length + 1;
  }
  return found;
}

function inLine(line: string, start: number, bare: boolean): readonly Secret[] {
  const found: Secret[] = [];
  let done = 0;
  for (const match of line.matchAll(KEYWORD)) {
    if (match.index < done) continue;
    let from = match.index;
    while (from > 0 && match.index - from < NAME_AT_MOST && /[\w.-]/.test(line.charAt(from - 1))) from--;
    let to = match.index + match[0].length;
    while (to < line.length && to - match.index < NAME_AT_MOST && /[\w-]/.test(line.charAt(to))) to++;
    const name = line.slice(from, to);
    const value = valueAfter(
      line,
      to,
      /identified by/i.test(match[0]) ||
        /\b(?:with|user|role)\s+(?:encrypted\s+)?password$/i.test(line.slice(Math.max(0, to - 40), to)),
      bare &&
        line
          .slice(0, from)
          .trim()
          .replace(/^(?:export|set|ENV|ARG|-|env\.|"|')\s*/, '') === '',
    );
    done = to;
    if (value === null || isAbout(name) || spellsOut(value.value, name)) continue;
    done = value.end;
    const isPassword = /pass|pwd|identified/i.test(match[0]);
    if (isPassword ? looksSecret(value.value, 8) : looksSecret(value.value, 16) && /\d/.test(value.value)) {
      found.push({
        kind: 'password',
        at: start + value.at,
        value: value.value,
        what: isPassword ? 'a password' : `a literal ${kindOf(match[0])}`,
      });
    }
  }
  return found;
}

const kindOf = (keyword: string): string =>
  /secret/i.test(keyword) ? 'secret' : /token/i.test(keyword) ? 'token' : /cred/i.test(keyword) ? 'credential' : 'key';

/** `passwordPolicy`, `token_type`, `SECRET_NAME`: the last word of the name decides. */
function isAbout(name: string): boolean {
  if (OF_A_PAIR.test(name)) return true;
  const last = /(?:[A-Z]?[a-z]+|[A-Z]+)\d*$/.exec(name)?.[0] ?? name;
  return ABOUT.test(last) && !/^(?:pass(?:word|wd)?|secret|token|key|pwd)$/i.test(last);
}

/** The half of a pair of keys that everybody may have: `idp_public_signing_key`. */
const OF_A_PAIR = /(?<![a-z])pub(?:lic)?[_-]?(?:[a-z]+[_-]?)*key/i;

/** `LoginFlag_PasswordFromSdk = "login-flag-password-from-sdk"`: a name as a string is no secret. */
const spellsOut = (value: string, name: string): boolean => lettersOf(value) === lettersOf(name);
const lettersOf = (text: string): string => text.replaceAll(/[^A-Za-z\d]/g, '').toLowerCase();

interface Value {
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

/** `= "x"`, `: 'x'`, `=> x`, `("x"`, `', 'x'`; unquoted where the format allows it. */
function valueAfter(line: string, from: number, spaced: boolean, bare: boolean): Value | null {
  const sign = /^["'`\])]{0,3}\s{0,30}(?::=|=>|==?=?|:|\()\s{0,30}/.exec(line.slice(from, from + 80));
  const between = sign ?? (spaced ? /^\s{1,4}(?:BY\s{0,4})?/i.exec(line.slice(from, from + 20)) : null);
  if (between === null || /={2}/.test(between[0])) return null;
  let at = from + between[0].length;
  const prefix = /^(?:[rbuf]{1,2}|@|\$|str|string|String|\w{1,10}!)?(?=["'`])/.exec(line.slice(at, at + 12))?.[0] ?? '';
  at += prefix.length;
  const quote = line.charAt(at);
  if (quote === '"' || quote === "'" || quote === '`') {
    let end = at + 1;
    while (end < line.length && line.charAt(end) !== quote) end += line.charAt(end) === '\\' ? 2 : 1;
    // nothing closes it on its line: the quote that closes `'Password: '`, whose value is somewhere else
    if (end >= line.length) return null;
    const value = line.slice(at + 1, end);
    // built at run time: the interpolated names prove nothing here
    return prefix.includes('f') && value.includes('{') ? null : { value, at: at + 1, end };
  }
  // inside a string: `"Server=x;Password=y;"`
  const tight =
    between[0].endsWith('=') &&
    !/\s/.test(between[0]) &&
    /[;&?"'`]\s?[\w. ]{0,30}$/.test(line.slice(Math.max(0, from - 60), from));
  if (!bare && !tight) return null;
  if (between[0].includes('(')) return null;
  const value = (tight && !bare ? /^[^\s;&"'`<>]{1,200}/ : /^[^\s#"'`][^\s"'`]{0,300}(?=\s*(?:[#;].*)?$)/).exec(
    line.slice(at, at + 320),
  )?.[0];
  // in a program that stands in a string, such as a cell of a notebook: the constant has its value elsewhere
  if (tight && !bare && /^[A-Z][A-Z\d]*_[A-Z\d_]*,\\n$/.test(value ?? '')) return null;
  // the alias of YAML names a value that stands elsewhere
  if (value !== undefined && /^\*[\w-]+$/.test(value)) return null;
  return value === undefined ? null : { value: value.replace(/[,;]$/, ''), at, end: at + value.length };
}

/** A password in a URL: `scheme://user:password@host`. */
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@"'`<>]{0,80}):([^\s/@"'`<>]{3,200})@([\w.[\]-]{1,100})/gi;
const BASIC = /\bBasic\s{1,3}([A-Za-z0-9+/]{12,200}={0,2})/g;
const BEARER = /\bBearer\s{1,3}([A-Za-z0-9_.~+/-]{24,600}=?)/g;
const CURL_USER = /\bcurl\b[^\n]{0,200}?\s(?:-u|--user)\s{0,2}["']?[\w.@-]{1,60}:([^\s"']{8,100})/g;
const CLIENT_PASSWORD =
  /\b(?:sshpass\s+-p\s*|mysql(?:dump|admin)?\b[^\n|;]{0,120}?\s-p|docker\s+login\b[^\n|;]{0,120}?\s-p\s+|redis-cli\b[^\n|;]{0,120}?\s-a\s+)["']?([^\s"'$]{8,100})/g;
const NETRC = /\bmachine\s+\S{1,100}\s+login\s+\S{1,100}\s+password\s+(\S{4,200})/g;

/** Passwords in URLs, headers and client arguments. */
export function embeddedIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  const add = (match: RegExpExecArray, value: string, what: string): void =>
    void found.push({ kind: 'password', at: match.index, value, what });
  if (text.includes('://')) {
    for (const match of text.matchAll(URL_PASSWORD)) {
      const [, user = '', value = '', host = ''] = match;
      if (
        value.toLowerCase() !== user.toLowerCase() &&
        !/(?:^|\.)example(?:\.(?:com|org|net))?$|^(?:host|hostname|server|x)$/i.test(host) &&
        looksPassword(value)
      )
        add(match, value, 'a password in a URL');
    }
  }
  if (/basic\s|bearer\s/i.test(text)) {
    for (const match of text.matchAll(BASIC)) {
      const plain = atobOrNull(match[1] ?? '');
      if (
        plain !== null &&
        /^[^:\s]{1,80}:[^\s]{3,}$/.test(plain) &&
        !isPlaceholder(plain.slice(plain.indexOf(':') + 1))
      )
        add(match, match[1] ?? '', 'a password in a header');
    }
    for (const match of text.matchAll(BEARER))
      if (looksSecret(match[1] ?? '', 24) && /\d/.test(match[1] ?? '')) add(match, match[1] ?? '', 'a bearer token');
  }
  for (const [pattern, hint] of [
    [CURL_USER, 'curl'],
    [CLIENT_PASSWORD, ' -'],
    [NETRC, 'machine'],
  ] as const) {
    if (!text.includes(hint)) continue;
    for (const match of text.matchAll(pattern))
      if (looksPassword(match[1] ?? '')) add(match, match[1] ?? '', 'a password of a client');
  }
  return found;
}

/** Where a password is expected, a shorter value counts, but not a dictionary word. */
const looksPassword = (value: string): boolean =>
  value.length >= 6 && !isPlaceholder(value) && !/^[a-z]+$/i.test(value) && !/^[A-Z_]+$|^:|[{}]/.test(value);

function atobOrNull(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}
