/** Private keys, in PEM. */
import type { Secret } from './types';

const BEGIN = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY(?: BLOCK)?-----/g;
/** What may come between the header and the key: quotes, line ends, escapes, headers of old formats. */
const BODY =
  /^(?:[\s"'`+,>|\\]|\\n|\\r|(?:Proc-Type|DEK-Info|Version|Comment): ?[^\n\\]{0,80}|%0A){0,40}([A-Za-z0-9+/=]{20,})/;

/** Blocks of private keys that are not empty. */
export function privateKeysIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  if (text.includes('PRIVATE KEY')) {
    for (const match of text.matchAll(BEGIN)) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 600);
      const body = BODY.exec(after)?.[1];
      // one that is cut short opens nothing
      if (body === undefined || new Set(body).size < 8 || /^[^-]*(?:\.{3}|\u2026)/.test(after)) continue;
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
