/** Sentences, and which rules of English they break. */

/** One text: where it stands and its words without markup. Lines are 1-based. */
export interface Text {
  readonly file: string;
  readonly line: number;
  readonly words: string;
}

/** A row of `rules.json`: a pattern that a sentence must not meet, or the words that it may have. */
export interface Rule {
  readonly id: string;
  /** What to do, for whoever wrote the sentence. */
  readonly say: string;
  /** A regular expression over a sentence. */
  readonly pattern?: string;
  /** The most words that a sentence may have. */
  readonly words?: number;
  /** Beginnings of files that the rule is for. Default: all. */
  readonly only?: readonly string[];
  /** Beginnings of files that the rule is not for. */
  readonly except?: readonly string[];
  /** A text that breaks the rule, and one that does not: the rule's test. */
  readonly bad: string;
  readonly good: string;
}

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly say: string;
  readonly sentence: string;
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

export const sentencesOf = (text: string): string[] =>
  text
    .split('<br>')
    .flatMap((line) => Array.from(SENTENCES.segment(line), ({ segment }) => segment.trim()))
    .filter((sentence) => sentence !== '');

const wordCount = (sentence: string): number =>
  Array.from(WORDS.segment(sentence)).filter(({ isWordLike }) => isWordLike).length;

const isFor = ({ only, except }: Rule, file: string): boolean =>
  (only?.some((start) => file.startsWith(start)) ?? true) && !except?.some((start) => file.startsWith(start));

function breaks(rule: Rule, sentence: string): boolean {
  if (rule.words !== undefined) return wordCount(sentence) > rule.words;
  return rule.pattern !== undefined && new RegExp(rule.pattern, 'u').test(sentence);
}

export function findingsOf(texts: readonly Text[], rules: readonly Rule[]): Finding[] {
  return texts.flatMap(({ file, line, words }) =>
    sentencesOf(words).flatMap((sentence) =>
      rules
        .filter((rule) => isFor(rule, file) && breaks(rule, sentence))
        .map(({ id, say }) => ({ file, line, rule: id, say, sentence })),
    ),
  );
}
