/**
 * Recognises what an editor command did from the shape of its change, where only such a command has that shape. Pure.
 */
import type { SeenChange, Signals } from '../classify/change-event';

/** One name from the suggestion list, with its surroundings: the dot before it, brackets or a sign after it. */
const LISTED = /^(?:\??\.)?[\p{L}\p{N}_$@#-]+(?:\(\)?|:\s?;?|=""?)?$/u;

/** Each change inserts one name that a person chose from a list. */
export const isListedName = ({ changes }: { readonly changes: readonly Pick<SeenChange, 'inserted'>[] }): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => LISTED.test(inserted));

/** What a formatter changes: blanks, and punctuation that languages make optional; and the case of SQL's words. */
const NEUTRAL = /[\s,;'"`]+/g;
const solid = (texts: readonly string[]): string =>
  texts
    .map((text) => text.replace(NEUTRAL, ''))
    .join('')
    .toLowerCase();

export function isReformat({ changes }: Signals): boolean {
  const ordered = [...changes].sort(
    (a, b) => a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character,
  );
  return (
    changes.length > 0 &&
    solid(ordered.map(({ deleted }) => deleted)) === solid(ordered.map(({ inserted }) => inserted))
  );
}

/** No inserted text spans more than one line. */
export const isOneLine = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => inserted.length <= 200 && !/[\r\n]/.test(inserted));

/** Every inserted word is among the deleted ones, as when imports are sorted and merged. */
export function isOfTakenWords({ changes }: Signals): boolean {
  const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.match(/[\p{L}\p{N}_$@]+/gu) ?? []);
  const deletedWords = new Set(words(changes.map(({ deleted }) => deleted)));
  return changes.length > 0 && words(changes.map(({ inserted }) => inserted)).every((word) => deletedWords.has(word));
}

/** What stands between the words of a name. */
const SEPARATORS = /[\s_-]+/g;
const letters = (text: string): string => text.replace(SEPARATORS, '').toLowerCase();

/** Only the case of letters differs, or what separates the words of a name: `costOfAll`, `cost_of_all`. */
export const isOtherCase = ({ changes }: Signals): boolean => {
  const [deleted, inserted] = [changes.map((change) => change.deleted), changes.map((change) => change.inserted)];
  return (
    changes.some((change) => letters(change.inserted + change.deleted) !== '') &&
    changes.every((change) => lineCount(change.inserted) === lineCount(change.deleted)) &&
    letters(deleted.join('')) === letters(inserted.join(''))
  );
};

const lineCount = (text: string): number => text.split('\n').length;

/** Two characters that swap places. */
export function isTransposed({ changes: [change, ...more] }: Signals): boolean {
  const [a, b, ...others] = change?.deleted ?? '';
  return (
    a !== undefined && b !== undefined && others.length === 0 && more.length === 0 && change?.inserted === `${b}${a}`
  );
}

/** The same lines in another order, or fewer of them. */
export const isOtherOrder = ({ changes }: Signals): boolean =>
  changes.length > 0 &&
  changes.every(({ deleted, inserted }) =>
    isReordered({ deleted: withoutCommas(deleted), inserted: withoutCommas(inserted) }),
  );

/** The last one of a list has none at its end. */
const withoutCommas = (text: string): string => text.replace(/,(?=[ \t]*\r?$)/gm, '');

/** Whether all lines that a change inserts are among those that it deletes. */
export function isReordered({ deleted, inserted }: Pick<SeenChange, 'deleted' | 'inserted'>): boolean {
  const remaining = linesOf(deleted);
  if (remaining.length < 2 || !inserted.includes('\n')) return false;
  return linesOf(inserted).every((line) => {
    const at = remaining.indexOf(line);
    if (at >= 0) remaining.splice(at, 1);
    return at >= 0;
  });
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trimEnd());

/** A name, with the dot before it where a language's service puts that in anew. */
const MEMBER = /^(?:\??\.)?[\p{L}\p{N}_$@#-]+$/u;

/** A name that completes a word, and a character typed directly after it at the same time. */
export function isCommitted({ changes, typedNext }: Signals): boolean {
  return (
    typedNext === true &&
    changes.length > 0 &&
    changes.every(({ deleted, inserted }) => MEMBER.test(inserted) && /^(?:\??\.)?[\p{L}\p{N}_$@#-]*$/u.test(deleted))
  );
}
