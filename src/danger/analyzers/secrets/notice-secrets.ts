/** Secrets that a change adds, in any file. The value is never in a message. */
import { either, LOCK_FILE } from '../../../base/patterns';
import { trimmedLines } from '../../trimmed-lines';
import { isTest, isVendored } from '../../path-roles';
import type { Change, Noticed, Analyzer } from '../../types';
import { factAt, type Sentence } from '../../rule-rows/facts-from-sentences';
import { assignedIn, defaultsIn, embeddedIn } from './assigned-and-embedded-secrets';
import type { Secret } from '../../known-secrets/types';
import { privateKeysIn } from '../../known-secrets/private-keys';
import { encodedIn } from '../../known-secrets/base64-secrets';
import { isMadeUp, isPlaceholder } from '../../known-secrets/placeholders';
import { tokensIn } from '../../known-secrets/vendor-tokens';

// Secrets split into pieces: strings with `+`, `.` or a line break between them, joined.

/** The end of one string and the start of the next. */
const SEAM = /(["'`])[ \t]{0,20}(?:\+|\.\.?|<>|&|\\)?[ \t]{0,20}(?:\\?\r?\n[ \t]{0,60})?(?:\+|\.|&)?[ \t]{0,20}\1/g;

/** The text without the seams, and a map from its offsets to those of the original. Null when there is no seam. */
function joined(text: string): { readonly text: string; readonly was: (at: number) => number } | null {
  const cuts: { readonly at: number; readonly removed: number }[] = [];
  let whole = '';
  let last = 0;
  let removed = 0;
  for (const match of text.matchAll(SEAM)) {
    const [seam] = match;
    // two adjacent quotes are an empty string
    if (
      seam.length <= 2 ||
      !/[\w+/=-]/.test(text.charAt(match.index - 1)) ||
      !/[\w+/=-]/.test(text.charAt(match.index + seam.length)) ||
      !/[+.&\\<\n]/.test(seam)
    )
      continue;
    whole += text.slice(last, match.index);
    last = match.index + seam.length;
    removed += seam.length;
    cuts.push({ at: whole.length, removed });
  }
  if (cuts.length === 0) return null;
  whole += text.slice(last);
  return { text: whole, was: (at) => at + (cuts.findLast((cut) => cut.at <= at)?.removed ?? 0) };
}

/** Lists of checksums, and files that people do not write. */
const SKIPPED = either(
  LOCK_FILE,
  /\.(?:svg|map|lock|min\.js|min\.css|snap|csv|tsv|po|pot|woff2?|ttf|crt|cer|pub)$|(?:^|\/)\.secrets\.baseline$/i,
);
/** Formats whose values may be unquoted. */
const BARE =
  /(?:^|\/)\.?(?:env|npmrc|pypirc|netrc|pgpass|my\.cnf|credentials|config)(?:\.[\w.-]+)?$|\.(?:env|ya?ml|ini|cfg|conf|cnf|properties|toml|tfvars|envrc|config)$|(?:^|\/)(?:Dockerfile|docker-compose)[\w.-]*$/i;
const SHELL = /\.(?:sh|bash|zsh|ps1|mk)$|(?:^|\/)Makefile$/i;
/** Samples with values to fill in. */
const SAMPLE =
  /[._-](?:example|sample|template|dist|tmpl|default|defaults)(?:\.\w+)?$|(?:^|\/)(?:examples?|samples?|templates)\//i;
/** Settings that only tests read, such as Laravel's `.env.testing`. */
const OF_TESTS = /(?:^|\/)\.env\.(?:test(?:ing|s)?|ci)$/;
/** What fills the databases of testers and developers: their passwords and tokens are known to everybody. */
const OF_TESTERS =
  /(?:^|\/)(?=[^.]*(?:test|non[_-]?live|dummy|fake|demo|sample|(?:^|[/_-])(?:dev|local)[/_-]))[^.]*seed(?:s|er|ers|ing)?[\w/-]*\.\w+$/i;
/** Texts for people in several languages: the word for a password is no password. */
const TRANSLATION =
  /(?:^|\/)(?:i18n|l10n|locales?|lang|languages?|translations?|messages)(?:\/|[._-])|[._-](?:messages|nls)(?:[._-]\w+)*\.\w+$/i;
/** A character by its number, as files of `.properties` write it. */
const ESCAPED = /\\u[0-9a-f]{4}/gi;
/** Tests of what looks for secrets, or hides them: they make some up. */
const OF_SCANNERS =
  /(?:secret|token|credential|leak)s?[_-]?(?:scan|detect|find|mask|redact|filter|scrub)|(?:scan|detect|mask|redact|scrub|saniti[sz])\w*[_-]?(?:secret|token|credential|leak|log)|gitleaks|redact|scrubb/i;
const PROSE = /\.(?:md|mdx|rst|txt|adoc|html?)$/i;
/**
 * Texts in which the detector may find what our patterns miss: token prefixes of its vendors, and passwords in URLs.
 */
const CANDIDATE =
  /AKIA|ASIA|gh[pousr]_|github_pat_|xox[a-z]-|SG\.|npm_|_authToken|PRIVATE KEY|shp(?:at|ca|pa|ss)_|sk-|lin_api_|:\/\/[^\s:/@]{1,80}:[^\s/@]{1,80}@|"type":\s*"service_account"|ops_ey|hooks\.slack/;
const FACTS: Readonly<Record<Secret['kind'], Sentence>> = {
  token: 'secrets/token: {what} is added as plain text: whoever reads the repository can use it.',
  'private-key': 'secrets/private-key: {what} is added as plain text: whoever reads the repository can use it.',
  password: 'secrets/password: {what} is added as plain text: whoever reads the repository can use it.',
};
/** At most this many secrets of one file are reported. */
const SHOWN_AT_MOST = 50;

export const secrets: Analyzer = {
  id: 'secrets',
  concerns: ({ path, after }) => after !== null && after !== '' && !SKIPPED.test(path) && !isVendored(path),
  notice,
};

async function notice(change: Change): Promise<readonly Noticed[]> {
  const { path, before, after } = change;
  if (after === null || (isTest(path) && OF_SCANNERS.test(path))) return [];
  const found = (await secretsIn(path, after))
    .filter((secret) => !isOfPage(secret, after))
    .sort((a, b) => a.at - b.at || weight(b) - weight(a));
  const known = trimmedLines(before);
  const lines = after.split('\n');
  const seen = new Set<number>();
  const noticed: Noticed[] = [];
  const lineAt = lineCounter(after);
  // prefer the token to the password that it is assigned to
  for (const secret of [
    ...found.filter(({ kind }) => kind !== 'password'),
    ...found.filter(({ kind }) => kind === 'password'),
  ]) {
    const line = lineAt(secret.at);
    if (seen.has(line) || noticed.length >= SHOWN_AT_MOST) continue;
    seen.add(line);
    if (known.has(lines[line - 1]?.trim() ?? '') || (before?.includes(secret.value) ?? false)) continue;
    noticed.push(
      isIdAlone(secret, after, path)
        ? factAt(
            'secrets/token (low): The id of an AWS access key is added: without its secret it opens nothing, but it says which key to look for.',
            line,
            {},
            { cause: 'ids', across: true },
          )
        : factAt(FACTS[secret.kind], line, { what: capital(secret.what) }),
    );
  }
  return noticed;
}

/** What could be the other half of Amazon's keys. */
const SECRET_KEY =
  /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[g-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;

/** The id of a key of Amazon, by what it is called or in prose, in a text without the key itself. */
const isIdAlone = ({ at, value }: Secret, text: string, path: string): boolean =>
  value.startsWith('AKIA') &&
  (PROSE.test(path) ||
    /(?:key_?id|keyid)["']?\s{0,40}[:=]\s{0,4}["'`]?$/i.test(text.slice(Math.max(0, at - 120), at))) &&
  !SECRET_KEY.test(text);

/** The key beside the domain of Firebase: every visitor of the page gets it, and it opens nothing. */
const isOfPage = ({ at, value }: Secret, text: string): boolean =>
  value.startsWith('AIza') && /auth_?domain/i.test(text.slice(Math.max(0, at - 400), at + 400));

const weight = ({ kind }: Secret): number => (kind === 'password' ? 0 : 1);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** 1-based line of an offset. */
function lineCounter(text: string): (at: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

async function secretsIn(path: string, text: string): Promise<readonly Secret[]> {
  const inTest = isTest(path) || OF_TESTS.test(path);
  const found: Secret[] = [...tokensIn(text), ...encodedIn(text)];
  const whole = joined(text);
  if (whole !== null)
    found.push(
      ...[...tokensIn(whole.text), ...privateKeysIn(whole.text)]
        .filter(({ value }) => !text.includes(value))
        .map((one) => ({ ...one, at: whole.was(one.at) })),
    );
  if (CANDIDATE.test(text)) found.push(...(await detected(text, inTest || PROSE.test(path) || SAMPLE.test(path))));
  if (inTest) return found.filter(({ what }) => what !== 'a JSON Web Token');
  found.push(...privateKeysIn(text));
  if (PROSE.test(path) || SAMPLE.test(path) || OF_TESTERS.test(path)) return found;
  // the analyzer for Kubernetes manifests covers the values of Secrets; sealed ones are encrypted
  if (/\.ya?ml$/i.test(path) && /^kind:\s*["']?(?:Sealed|Synced)?Secret\b/m.test(text)) return found;
  const assigned = assignedIn(text, { bare: BARE.test(path) || SHELL.test(path) });
  found.push(
    ...(TRANSLATION.test(path) ? assigned.filter(({ value }) => /\d/.test(value.replace(ESCAPED, ''))) : assigned),
  );
  if (/\.(?:tf|tofu)$/i.test(path)) found.push(...defaultsIn(text));
  found.push(...embeddedIn(text));
  return found;
}

async function detected(text: string, tokensOnly: boolean): Promise<readonly Secret[]> {
  const { detect } = await import('./run-secretlint');
  return (await detect(text)).flatMap(({ start, end, rule }): Secret[] => {
    const value = text.slice(start, end);
    const key = /privatekey/.test(rule);
    const password = /database-connection|basicauth/.test(rule);
    if (isMadeUp(value) || (tokensOnly && (key || password))) return [];
    // this analyzer's own patterns examine these more closely
    if (key || password || isPlaceholder(value)) return [];
    return [{ kind: 'token', at: start, value, what: `a token (${rule.replace(/^.*secretlint-rule-/, '')})` }];
  });
}
