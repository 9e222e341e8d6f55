/**
 * Characters that nobody sees: in what assistants read they carry orders, in code they show another program than the one
 * that runs.
 */
import { wordSet } from '../../base/patterns';
import { factAt } from '../rule-rows/facts-from-sentences';
import { once } from '../lazy-value';
import { trimmedLines } from '../trimmed-lines';
import { languageOf } from '../syntax';
import { isVendored } from '../path-roles';
import type { AnalyzerOfFiles, Noticed } from '../types';
import { INSTRUCTIONS } from './assistants/files-of-assistants';

const HIDDEN_TEXT = 'agents/hidden-characters: Instructions for assistants have characters that nobody sees ({code}).';

/** Those that reorder what stands on a line (UAX #9), and letters of the tags block (U+E0000). */
const REORDERS = /[\u202a-\u202e\u2066-\u2069]/;
const TAGS = /[\u{e0000}-\u{e007f}]/u;
const EITHER = new RegExp(`${REORDERS.source}|${TAGS.source}`, 'gu');
/** With what is around it: in a bundle that is built anew it stands between the same characters as before. */
const placeOf = ({ index, input }: RegExpExecArray): string => {
  const [first = ''] = input.slice(index, index + 9).split('\n');
  return `${
    input
      .slice(Math.max(0, index - 8), index)
      .split('\n')
      .at(-1) ?? ''
  }${first}`;
};
/** Zero-width and other invisible ones, variation selectors beyond the common ones. */
const INVISIBLE =
  /[\u034f\u17b4\u17b5\u180b-\u180d\u{e0100}-\u{e01ef}\u180e\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\u{1d173}-\u{1d17a}]/u;
/** Joiners are part of emoji and of several scripts. */
const JOINED_SCRIPTS = wordSet(`
  Arabic Devanagari Bengali Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Mongolian Hebrew Syriac
`);
const JOINER = new RegExp(
  String.raw`(?<![\ufe0f\p{Emoji}${[...JOINED_SCRIPTS].map((script) => `\\p{Script=${script}}`).join('')}])[\u200c\u200d]`,
  'u',
);
/** A flag is spelled with letters of the tags block. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007f}]{1,12}/gu;
/** Text from right to left needs its marks. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** Beyond ASCII at all: most files have none of it. */
const ANY =
  /[\u034f\u17b4\u17b5\u180b-\u180d\u180e\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ud834\udb40]/;

const CODE =
  /\.(?:tf|tofu|hcl|sql|sh|bash|zsh|ps1|ya?ml|json|toml|swift|scala|dart|lua|c|h|cc|cpp|hpp|m|mm|vue|svelte|kts?|groovy|gradle|pl|r|jl|zig|nim|sol|cs|fs|vb|exs?|erl|hs|clj)$|(?:^|\/)(?:Dockerfile|Makefile|Jenkinsfile)[^/]*$/i;
const TRANSLATIONS = /(?:^|\/)(?:locales?|i18n|lang|translations?|l10n|messages)\//i;

export const hiddenCharacters: AnalyzerOfFiles = {
  id: 'hidden-characters',
  searchesLines: true,
  concerns: ({ path, before, after }) =>
    after !== null &&
    after !== before &&
    ANY.test(after) &&
    (INSTRUCTIONS.test(path) ||
      (!isVendored(path) && !TRANSLATIONS.test(path) && (languageOf(path) !== undefined || CODE.test(path)))),
  notice({ path, before, after }) {
    const isRead = INSTRUCTIONS.test(path);
    const known = trimmedLines(before);
    const placesBefore = once(() => new Set([...(before ?? '').matchAll(EITHER)].map(placeOf)));
    return (after ?? '').split('\n').flatMap((line, index): readonly Noticed[] => {
      if (!ANY.test(line) || known.has(line.trim())) return [];
      const text = (index === 0 ? line.replace(/^\ufeff/, '') : line).replaceAll(FLAG, '');
      const at = { line: index + 1 };
      const hit = isRead
        ? (REORDERS.exec(text) ?? TAGS.exec(text))
        : ([...text.matchAll(EITHER)].find((one) => !placesBefore().has(placeOf(one))) ?? null);
      if (hit !== null && !(isRead && REORDERS.test(hit[0]) && RIGHT_TO_LEFT.test(text)))
        return [
          factAt(
            isRead
              ? HIDDEN_TEXT
              : 'agents/hidden-characters: Hidden characters ({code}) hide text of the line, or change the order in which it is shown.',
            at,
            {
              code: codeOf(hit[0]),
            },
            { cause: 'hidden' },
          ),
        ];
      if (!isRead) return [];
      const character = INVISIBLE.exec(text) ?? JOINER.exec(text);
      if (character === null || (/[\u200e\u200f\u061c]/.test(character[0]) && RIGHT_TO_LEFT.test(text))) return [];
      return [factAt(HIDDEN_TEXT, at, { code: codeOf(character[0]) }, { cause: 'hidden' })];
    });
  },
};

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
