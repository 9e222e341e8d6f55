/** Private keys and tokens that are hidden in base64. */
import type { Secret } from './types';
import { tokensIn } from './vendor-tokens';

/** Base64 of `-----BEGIN ` and of token prefixes. */
const ENCODED =
  /(?<![A-Za-z0-9+/])(?:LS0tLS1CRUdJTi|Z2hwX|Z2hvX|Z2l0aHViX3BhdF|QUtJQ|c2tfbGl2ZV|eG94Y|Z2xwYXQt|c2stYW50|c2stcHJv|QUl6Y)[A-Za-z0-9+/\n]{16,8000}={0,2}/g;

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
