/** Runs secretlint, a third-party detector. A bundle of its own: it is large, and only some texts need it. */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const ID = '@secretlint/secretlint-rule-preset-recommend';
/** Key ids count as secrets too: by default the detector treats them as public. */
const RULES = [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }];

/** Where a secret is in a text, in UTF-16 units, and which of the detector's rules found it. */
interface Detected {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** The secrets in a text, according to the detector. Rethrows its errors. */
export async function detect(text: string): Promise<readonly Detected[]> {
  const { messages } = await lintSource({
    source: { filePath: 'text.txt', ext: '.txt', content: text, contentType: 'text' },
    options: { config: { rules: [{ id: ID, rule: creator, rules: RULES }] } },
  });
  return messages.map(({ range: [start, end], ruleId }) => ({ start, end, rule: ruleId }));
}
