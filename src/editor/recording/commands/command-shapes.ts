/**
 * Recognises what an editor command did from the shape of its change, where only such a command has that shape. Pure.
 */
import type { SeenChange, Signals } from '../classify/change-event';

const NAME = /^[\p{L}\p{N}_$@#-]+$/u;

/** One name from the suggestion list, with its surroundings: the dot before it, brackets or a sign after it. */
const LISTED = /^(?:\??\.)?[\p{L}\p{N}_$@#-]+(?:\(\)?|:\s?;?|=""?)?$/u;

/** Each change inserts one name that a person chose from a list. */
export const isListedName = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => LISTED.test(inserted));

/** What a formatter changes: blanks, and punctuation that languages make optional. */
const NEUTRAL = /[\s,;'"`]+/g;
const solid = (texts: readonly string[]): string => texts.map((text) => text.replace(NEUTRAL, '')).join('');

export function isReformat({ changes }: Signals): boolean {
  const ordered = [...changes].sort(
    (a, b) => a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character,
  );
  return (
    changes.length > 0 &&
    solid(ordered.map(({ deleted }) => deleted)) === solid(ordered.map(({ inserted }) => inserted))
  );
}

/** The same text replaced by the same text at several places, as by a rename or *Replace All*. */
export function isReplacedEverywhere({ changes }: Signals): boolean {
  const [first, ...others] = changes;
  return (
    first !== undefined &&
    others.length > 0 &&
    first.deleted !== '' &&
    !first.inserted.includes('\n') &&
    others.every(({ deleted, inserted }) => deleted === first.deleted && inserted === first.inserted)
  );
}

/** No inserted text spans more than one line. */
export const isOneLine = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => inserted.length <= 200 && !/[\r\n]/.test(inserted));

/** Every inserted word is among the deleted ones, as when imports are sorted and merged. */
export function isOfTakenWords({ changes }: Signals): boolean {
  const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.match(/[\p{L}\p{N}_$@]+/gu) ?? []);
  const taken = new Set(words(changes.map(({ deleted }) => deleted)));
  return changes.length > 0 && words(changes.map(({ inserted }) => inserted)).every((word) => taken.has(word));
}

/** Only the case of letters differs. */
export const isOtherCase = ({ changes }: Signals): boolean =>
  changes.length > 0 &&
  changes.every(
    ({ deleted, inserted }) =>
      inserted !== '' && deleted !== inserted && deleted.toLowerCase() === inserted.toLowerCase(),
  );

/** The same lines in another order, or fewer of them. */
export const isOtherOrder = ({ changes }: Signals): boolean => changes.length > 0 && changes.every(isReordered);

/** Whether all lines that a change inserts are among those that it deletes. */
export function isReordered({ deleted, inserted }: Pick<SeenChange, 'deleted' | 'inserted'>): boolean {
  const left = linesOf(deleted);
  if (left.length < 2 || !inserted.includes('\n')) return false;
  return linesOf(inserted).every((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trimEnd());

/** A name that completes a word, and a character typed directly after it at the same time. */
export function isCommitted({ changes, typedNext }: Signals): boolean {
  return (
    typedNext === true &&
    changes.length > 0 &&
    changes.every(({ deleted, inserted }) => NAME.test(inserted) && (deleted === '' || NAME.test(deleted)))
  );
}
