/** Of the operations. */
import type { SeenChange, Signals } from '../classify/change-event';

const NAME = /^[\p{L}\p{N}_$@#-]+$/u;

/** At most this many runs of earlier states are examined. */
const LISTED = /^(?:\??\.)?[\p{L}\p{N}_$@#-]+(?:\(\)?|:\s?;?|=""?)?$/u;

/**
 * Who first changed lines (1-based) of the saved text after they were last whole (null: unknown). Only lines for which
 * that is known and the operations, which lead from that text to the current one, do not show the same. `before`: the
 * states since the save, latest first; `doers`: who made the steps between them. `places`: of the saved text.
 */
export const isListedName = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => LISTED.test(inserted));

/** Whether the operations leave open who was first, or name somebody else. */
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

/** Lines with text that operations touch, or may touch. */
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

/** Whether a line of the saved text is in a state with nothing before or after it, whatever its line break. */
export const isOneLine = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => inserted.length <= 200 && !/[\r\n]/.test(inserted));

/** Converts what happened in a document between two saves to the edit that the journal keeps. Pure. */
export function isOfTakenWords({ changes }: Signals): boolean {
  const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.match(/[\p{L}\p{N}_$@]+/gu) ?? []);
  const taken = new Set(words(changes.map(({ deleted }) => deleted)));
  return changes.length > 0 && words(changes.map(({ inserted }) => inserted)).every((word) => taken.has(word));
}

/** A file's content as bytes and, if valid UTF-8, as text without its byte order mark. */
export const isOtherCase = ({ changes }: Signals): boolean =>
  changes.length > 0 &&
  changes.every(
    ({ deleted, inserted }) =>
      inserted !== '' && deleted !== inserted && deleted.toLowerCase() === inserted.toLowerCase(),
  );

/** The content that a save of `text` wrote over the previous one. */
export const isOtherOrder = ({ changes }: Signals): boolean => changes.length > 0 && changes.every(isReordered);

/** What was on disk before; null when there was no file. */
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

/** A name that goes on where a word was begun, and a character that was typed behind it in the same moment. */
export function isCommitted({ changes, typedNext }: Signals): boolean {
  return (
    typedNext === true &&
    changes.length > 0 &&
    changes.every(({ deleted, inserted }) => NAME.test(inserted) && (deleted === '' || NAME.test(deleted)))
  );
}
