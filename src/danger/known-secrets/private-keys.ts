/** Private keys, in PEM and in base64. */
import type { Secret } from './types';
import { tokensIn } from './vendor-tokens';

const BEGIN = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY(?: BLOCK)?-----/g;
/** What may come between the header and the key: quotes, line ends, escapes, headers of old formats. */
const BODY =
  /^(?:[\s"'`+,>|\\]|\\n|\\r|(?:Proc-Type|DEK-Info|Version|Comment): ?[^\n\\]{0,80}|%0A){0,40}([A-Za-z0-9+/=]{20,})/;
/** Base64 of `-----BEGIN ` and of token prefixes. */
const ENCODED =
  /(?<![A-Za-z0-9+/])(?:LS0tLS1CRUdJTi|Z2hwX|Z2hvX|Z2l0aHViX3BhdF|QUtJQ|c2tfbGl2ZV|eG94Y|Z2xwYXQt|c2stYW50|c2stcHJv|QUl6Y)[A-Za-z0-9+/\n]{16,8000}={0,2}/g;

/** Blocks of private keys that are not empty. */
export function privateKeysIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  if (text.includes('PRIVATE KEY')) {
    for (const match of text.matchAll(BEGIN)) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 600);
      const body = BODY.exec(after)?.[1];
      if (body === undefined || new Set(body).size < 8) continue;
      found.push({
        kind: 'private-key',
        at: match.index,
        value: body,
        what: `a ${match[1]?.trim() ?? ''} private key`.replace('a  ', 'a '),
      });
    }
  }
  if (text.includes('PuTTY-User-Key-File-') && /Private-Lines: \d/.test(text))
    found.push({
      kind: 'private-key',
      at: text.indexOf('PuTTY-User-Key-File-'),
      value: text.slice(text.indexOf('Private-Lines'), text.indexOf('Private-Lines') + 200),
      what: 'a PuTTY private key',
    });
  return found;
}

/** Private keys and tokens that are hidden in base64. */
export function encodedIn(text: string): readonly Secret[] {
  return [...text.matchAll(ENCODED)].flatMap((match): Secret[] => {
    const plain = decoded(match[0]);
    if (plain === null) return [];
    if (plain.includes('PRIVATE KEY-----'))
      return [{ kind: 'private-key', at: match.index, value: match[0], what: 'a private key in base64' }];
    const [token] = tokensIn(plain);
    if (token === undefined) return [];
    return [{ kind: 'token', at: match.index, value: match[0], what: `${token.what} in base64` }];
  });
}

/** The text that base64 encodes; null when it is not base64, or not text. */
function decoded(base64: string): string | null {
  const clean = base64.replace(/\s/g, '');
  if (clean.length > 16_000 || clean.length < 4 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(clean)) return null;
  try {
    const plain = atob(
      clean
        .slice(0, clean.length - (clean.replace(/=+$/, '').length % 4 === 1 ? 1 : 0))
        .replaceAll('-', '+')
        .replaceAll('_', '/'),
    );
    return /[^\t\n\r\u0020-\u007e]/.test(plain) ? null : plain;
  } catch {
    return null;
  }
}
