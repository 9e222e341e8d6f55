/** What only code can find: its rule and its sentence stand where the code finds it. */
import type { CommandNotice } from '../commands/program-call';
import type { RuleId } from '../rules';
import type { Severity } from '../finding';
import type { Noticed } from '../types';
import { filled } from './fill-sentence';

/**
 * The rule, its severity where it isn't the rule's own, and what to say: a sentence, or the end of one that begins with a
 * command. `{name}` is a gap for words.
 */
export type Sentence = `${RuleId}${'' | ` (${Severity})`}: ${string}`;

type Words = Readonly<Record<string, string>>;

interface At {
  readonly line: number;
}

/** A fact without its place. */
export type Fact = Omit<Noticed, 'line' | 'side'>;

/** A fact about a command. `severity`: only where it depends on what was found. */
export function fact(sentence: Sentence, words: Words = {}, severity?: Severity): CommandNotice {
  const end = sentence.indexOf(': ');
  const [rule, level = severity] = sentence.slice(0, end).split(/ \(|\)/) as [RuleId, Severity?]; // as its type says
  return {
    rule,
    row: sentence,
    does: filled(sentence.slice(end + 2), words),
    ...(level === undefined ? {} : { severity: severity ?? level }),
  };
}

/** A fact whose place somebody else knows. */
export function factOf(sentence: Sentence, words?: Words, severity?: Severity): Fact {
  const { does: message, rule, ...rest } = fact(sentence, words, severity);
  return { rule, message, ...rest };
}

/** A fact at a line of the new file. */
export const factAt = (sentence: Sentence, { line }: At, words?: Words, severity?: Severity): Noticed => ({
  ...factOf(sentence, words, severity),
  line,
  side: 'new',
});

/** A fact at a line of the old file, for what was removed. */
export const factWas = (sentence: Sentence, at: At, words?: Words, severity?: Severity): Noticed => ({
  ...factAt(sentence, at, words, severity),
  side: 'old',
});

/** The same, for whoever wants to know all. */
export const asLow = <One extends Noticed>(noticed: One): One => ({ ...noticed, severity: 'low' });

/** At the new line, or at the old one where it was removed. */
export const factOn = (sentence: Sentence, before: At | undefined, after: At | undefined, words?: Words): Noticed =>
  after === undefined ? factWas(sentence, before ?? { line: 1 }, words) : factAt(sentence, after, words);
