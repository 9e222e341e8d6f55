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

/** A line, or what has one. */
type Place = number | { readonly line: number };

/** A fact without its place. */
export type Fact = Omit<Noticed, 'line' | 'side'>;

/** What else is to be said of a fact, or its severity alone. */
type More = Severity | Partial<Omit<Noticed, 'rule' | 'message' | 'row' | 'line' | 'side'>> | undefined;

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
export function factOf(sentence: Sentence, words?: Words, more?: More): Fact {
  const { does: message, rule, ...rest } = fact(sentence, words, typeof more === 'string' ? more : undefined);
  return { rule, message, ...rest, ...(typeof more === 'object' ? more : {}) };
}

/** A fact at a line of the new file. */
export const factAt = (sentence: Sentence, place: Place, words?: Words, more?: More): Noticed => ({
  ...factOf(sentence, words, more),
  line: typeof place === 'number' ? place : place.line,
  side: 'new',
});

/** A fact at a line of the old file, for what was removed. */
export const factWas = (sentence: Sentence, place: Place, words?: Words, more?: More): Noticed => ({
  ...factAt(sentence, place, words, more),
  side: 'old',
});

/** The same, for whoever wants to know all. */
export const asLow = <One extends Noticed>(noticed: One): One => ({ ...noticed, severity: 'low' });

/** At the new line, or at the old one where it was removed. */
export const factOn = (
  sentence: Sentence,
  before: Place | undefined,
  after: Place | undefined,
  words?: Words,
): Noticed => (after === undefined ? factWas(sentence, before ?? 1, words) : factAt(sentence, after, words));
