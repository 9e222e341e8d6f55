/** A path as git writes it where unusual ones are put in quotation marks (C style, bytes of UTF-8 in octal). */
export function unquotePath(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  const bytes: number[] = [];
  const body = Buffer.from(text.slice(1, -1), 'utf8');
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== BACKSLASH) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-7]{3}/.exec(body.toString('latin1', at + 1, at + 4))?.[0];
    if (octal === undefined) {
      const letter = String.fromCharCode(body[++at] ?? BACKSLASH);
      bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    } else {
      bytes.push(Number.parseInt(octal, 8) & 0xff);
      at += 3;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

const BACKSLASH = 0x5c;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
