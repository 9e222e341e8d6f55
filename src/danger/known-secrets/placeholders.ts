/** Values that look like a secret but are not one. */
import { anyOf } from '../../base/patterns';

/** Words that people write in place of a value. */
const WORDS = /* @__PURE__ */ anyOf(
  String.raw`012345 123456 \*{3,} \.{3} [-_]test$ [-_]your abcdef change[-_\s]?(?:me|it|this) deadbeef dummy example fake
  fixme foobar insert[-_\s] (?:key|token|password|secret)[-_\s]?(?:goes)?[-_\s]?here lorem mock ^my[-_] ^none$
  not[-_\s]?(?:a[-_\s]?)?real ^null$ placeholder put[-_] redacted replace sample secret[-_\s]?here ^some[-_]
  ^test[-_] todo \u2026 ^undefined$ x{4,} your[-_\s] yours`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
/** References to where the value is. */
const REFERENCE = /* @__PURE__ */ anyOf(
  String.raw`^[<[{%@] [>}%@]$ \$\{ \{\{ \$\( ^\$ %\( #\{ <% ^ENC[[(] ^!(?:Ref|Sub|GetAtt|vault|secret) ^data: getenv
  ^local\. os\.environ process\.env secrets?\. ^var\.
  ^(?:vault|ssm|arn|op|env|file|ref|sops|secret|kms|gcp|aws|azure|keyvault|secretsmanager|base64|https?|ssh|s3|gs):`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
/** Rules that a form's field has to follow, as Laravel writes them: `required|string`. */
const FIELD_RULES =
  /^(?:required|nullable|sometimes|filled|present|confirmed|string|min:\d+|max:\d+)(?:[|,](?:[a-z_]+(?::[\w,.-]+)?))+$/;
/** Common passwords of examples and of local databases. */
const EVERYDAY = /* @__PURE__ */ anyOf(
  String.raw`[a-z] abc admin app bar baz default demo dev(?:elopment)? foo guest hunter letmein local(?:host)?
  minio(?:admin)? mongo my mysql p[a@][s$]{2}(?:w[o0]?r?d?)? pass(?:phrase)? passwd postgres(?:ql)? pwd qwerty
  rabbitmq redis root s3cr3t sa secret super test(?:er|ing|user|pass)? token user(?:name)? welcome`,
  {
    after: String.raw`)?(?:[-_. ]?(?:password|passwd|pass|pwd|secret|token|key|admin|user|test|dev))*[-_!@#.]*\d{0,4}[!@#.$]*$`,
    flags: 'i',
  },
);

/** `shop_password`: what it is, in place of one. */
const NAMES_ITSELF = /^[a-z]+(?:[-_][a-z]+)*[-_](?:password|passwd|passphrase|pwd)$/i;

/** How public keys begin, the jwt.io example, and others that appear throughout documentation. */
const WELL_KNOWN =
  /^(?:MFkwEwYHKoZIzj0|MHYwEAYHKoZIzj0|MII[BC]IjANBgkqhkiG9w0|MCowBQYDK2V|ssh-|age1)|eyJzdWIiOiIxMjM0NTY3ODkw|Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq|^AIzaSyDdI0hCZtE6vySjMm/;

/** A token's form with a made-up body: `ghp_xxxx…`, `AKIAIOSFODNN7EXAMPLE`, one letter over and over. */
export function isMadeUp(value: string): boolean {
  if (
    /example|x{5,}|placeholder|redacted|dummy|changeme|your[-_]|_here\b|0{8,}|1234567890|abcdefghij|\*{3,}|\.{3}/i.test(
      value,
    ) ||
    WELL_KNOWN.test(value)
  )
    return true;
  const body = value.slice(value.length > 24 ? 8 : 4);
  return new Set(body).size < Math.min(8, body.length / 2);
}

/** A value that is a placeholder, a reference, an everyday word or plainly no secret. */
export function isPlaceholder(value: string): boolean {
  return (
    value === '' ||
    WORDS.test(value) ||
    REFERENCE.test(value) ||
    FIELD_RULES.test(value) ||
    WELL_KNOWN.test(value) ||
    (value.length < 60 && (EVERYDAY.test(value) || NAMES_ITSELF.test(value))) ||
    new Set(value).size <= 3
  );
}

/**
 * Looks as if it was made to be hard to guess: letters with digits or signs, not words. Nothing shorter than `least`.
 */
export function looksSecret(value: string, least: number): boolean {
  if (value.length < least || value.length > 400 || /\s/.test(value) || isPlaceholder(value)) return false;
  const letters = /[A-Za-z]/.test(value);
  const digits = /\d/.test(value);
  const signs = /[^\p{L}\p{M}\p{N}_.\-/:]/u.test(value);
  if (!digits && /[\p{L}\p{M}]/u.test(value.replace(/[A-Za-z]/g, ''))) return false; // a word of another language
  if (isConstantName(value)) return false;
  if (!letters || (!digits && !signs)) return /^\d{12,}$/.test(value) ? false : mixed(value);
  // paths, versions, addresses, dates, file names, calls, mime types
  if (
    /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/|v?\d+(?:\.\d+)+|[\w.-]+\.(?:js|ts|py|json|ya?ml|pem|key|crt|txt|com|org|io|net|md|html?|css|svg|png)$|[\w-]+(?:\/[\w.-]+)+$|\d{4}-\d\d)|[\w.]+\(|^[\w.+-]+@[\w-]+\.\w+$|[()[\]{};]|=>|^[a-z]+:[a-z]|^#[0-9a-f]{3,8}$/i.test(
      value,
    ) &&
    !/[!$%^&*]/.test(value)
  )
    return false;
  // words with a number: `oauth2-token`, `s3_secret_key`, `sha256`, `user1`
  return !value.split(/[-_.]/).every((part) => /^[A-Za-z]*\d{0,3}$/.test(part)) || (value.length >= 16 && hard(value));
}

/** `MAX_AGE_2`: capitals and digits, but not in turns as in `XK7P9QRT2M`. */
const isConstantName = (value: string): boolean => /^[A-Z][A-Z0-9_]+$/.test(value) && !hard(value);

/** Long, with inner capitals: `hTgYbNmKlOpQwErT` rather than `passwordField`. */
const mixed = (value: string): boolean => value.length >= 20 && hard(value) && /^[A-Za-z]+$/.test(value);

/** Changes often between lower case, upper case and digits. */
function hard(value: string): boolean {
  let changes = 0;
  for (let at = 1; at < value.length; at++)
    if (kindOf(value.charCodeAt(at)) !== kindOf(value.charCodeAt(at - 1))) changes++;
  return changes >= value.length / 3;
}

const kindOf = (code: number): number => (code >= 97 ? 0 : code >= 65 ? 1 : 2);
