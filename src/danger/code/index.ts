/** The door of the code reader: the calls, pairs and checks in a source file, from its syntax tree. */
import { languageOf, withSyntax } from '../syntax';
import type { Tools } from '../types';
import { readCode } from './read-code';
import type { Code } from './types';

export { nameOfLink } from './middleware-chain-links';
export type { Call, Check, Code, Pair } from './types';

const LANGUAGES = new Set(['go', 'java', 'javascript', 'php', 'python', 'ruby', 'tsx', 'typescript']);

/** Whether the file is in a language that can be read here. */
export const isCode = (path: string): boolean => LANGUAGES.has(languageOf(path) ?? '');

/** The texts read last: several analyzers query the same texts in a row. */
const recent: {
  readonly language: string;
  readonly text: string;
  readonly code: Promise<Code | null>;
  readonly cut: { is: boolean };
}[] = [];
const RECENT_AT_MOST = 4;

/** The code in a text; null when it cannot be parsed. Read once for all callers. */
export async function codeOf(path: string, text: string | null, tools: Tools): Promise<Code | null> {
  const language = languageOf(path);
  if (text === null || language === undefined || !LANGUAGES.has(language)) return null;
  const known = recent.find((one) => one.language === language && one.text === text);
  if (known !== undefined) {
    // What is asked for again and again, as the text before the edits of somebody who types, stays.
    recent.splice(recent.indexOf(known), 1);
    recent.unshift(known);
    void known.code.then(
      () => {
        if (known.cut.is) tools.cutOff?.(text);
      },
      () => undefined,
    );
    return known.code;
  }
  const cut = { is: false };
  const watching: Tools = {
    ...tools,
    cutOff: (one) => {
      cut.is = true;
      tools.cutOff?.(one);
    },
  };
  const code = withSyntax(language, text, watching, readCode).then((read) => read ?? null);
  recent.unshift({ language, text, code, cut });
  recent.length = Math.min(recent.length, RECENT_AT_MOST);
  code.catch(() => recent.splice(recent.findIndex((one) => one.code === code) >>> 0, 1)); // the grammar may be there next time
  return code;
}
