/** Removes secrets from a text. */
import { detect } from '../../danger/analyzers/secrets/run-secretlint';

/** Replaces a secret. */
const MASK = '•••';

/** Secrets that the detector's rules, which know the formats of vendors' keys, do not cover. */
const ALSO: readonly RegExp[] = [
  /(?<=\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[_ -]?key|access[_ -]?key|private[_ -]?key)\w*["']?\s{0,4}(?:[:=]|\bis\b)\s{0,4}["']?)[^\s"',;]+/giu,
  /(?<=:\/\/[^\s:@/]{0,100}:)[^\s@/]+(?=@)/gu,
  /(?<=\bBearer\s)\S+/giu,
  // long and mixed: a key rather than a word
  /(?<![\w+/=-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}/gu,
];

/** Personal data: e-mail addresses, telephone numbers, accounts and cards. */
const PERSONAL: readonly RegExp[] = [
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu,
  /(?<![\w.])\+?\(?\d{2,4}\)?(?:[ ./-]?\d{2,4}){2,4}(?![\w.])/gu,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b/gu,
];

/** The text without secrets and personal data. Rethrows the detector's errors. */
export async function withoutSecrets(text: string): Promise<string> {
  let cleanText = '';
  let at = 0;
  for (const { start, end } of [...(await detect(text))].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    cleanText += text.slice(at, Math.max(at, start)) + MASK;
    at = end;
  }
  cleanText += text.slice(at);
  return [...ALSO, ...PERSONAL].reduce((now, pattern) => now.replace(pattern, MASK), cleanText);
}
