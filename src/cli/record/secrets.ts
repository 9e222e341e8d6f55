/** Takes secrets out of a text. A bundle of its own: the detector is large, and only `prompts: redacted` needs it. */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const ID = '@secretlint/secretlint-rule-preset-recommend';
/** Names of keys go with the keys: by itself the detector takes them for known to all. */
const RULES = [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }];
/** What stands in a secret's place. */
const MASK = '•••';

/** What the detector's rules, which know the forms of vendors' keys, have no form for. */
const ALSO: readonly RegExp[] = [
  /(?<=\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[_ -]?key|access[_ -]?key|private[_ -]?key)\w*["']?\s{0,4}(?:[:=]|\bis\b)\s{0,4}["']?)[^\s"',;]+/giu,
  /(?<=:\/\/[^\s:@/]{0,100}:)[^\s@/]+(?=@)/gu,
  /(?<=\bBearer\s)\S+/giu,
  // long and mixed: a key rather than a word
  /(?<![\w+/=-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}/gu,
];

/** The text without secrets. Throws what the detector throws. */
export async function withoutSecrets(text: string): Promise<string> {
  const { messages } = await lintSource({
    source: { filePath: 'prompt.txt', ext: '.txt', content: text, contentType: 'text' },
    options: { config: { rules: [{ id: ID, rule: creator, rules: RULES }] } },
  });
  let left = '';
  let at = 0;
  for (const [start, end] of messages.map(({ range }) => range).sort(([a], [b]) => a - b)) {
    if (end <= at) continue;
    left += text.slice(at, Math.max(at, start)) + MASK;
    at = end;
  }
  left += text.slice(at);
  return ALSO.reduce((now, pattern) => now.replace(pattern, MASK), left);
}
