/**
 * What the editor and Emmet do to markup at a person's key or command, recognised from the shape of the change: nothing
 * in it is anybody's but theirs. Pure.
 */
import { isWithin, sameSpan, type SeenChange, type Signals } from '../classify/change-event';

const NAME = '[\\p{L}_][\\p{L}\\p{N}_:.-]*';
const OPENED = new RegExp(`<(${NAME})?(?:\\s[^<>]*)?>$`, 'u');
const CLOSING = new RegExp(`^</(${NAME})?>$`, 'u');
const REST_OF_CLOSING = new RegExp(`^${NAME}>$`, 'u');

/** The closing tag behind the tag that ends at the caret, or the rest of it behind its `</`. */
export function isClosingTag({ changes: [change, ...more], textBefore = '' }: Signals): boolean {
  if (!change || more.length > 0 || change.deleted !== '') return false;
  const [closing, name] = CLOSING.exec(change.inserted) ?? [];
  if (closing !== undefined) return OPENED.exec(textBefore)?.[1] === name && OPENED.test(textBefore);
  return textBefore.endsWith('</') && REST_OF_CLOSING.test(change.inserted);
}

/** A pair of tags goes. */
export function isTagRemoved({ changes }: Signals): boolean {
  const tags = changes.map(({ deleted }) => deleted.trim()).filter((text) => text !== '');
  const names = tags.map((text) => new RegExp(`^</?(${NAME})(?:\\s[^<>]*)?>$`, 'u').exec(text)?.[1]);
  return (
    tags.length === 2 &&
    changes.every(({ inserted }) => inserted.trim() === '') &&
    names[0] !== undefined &&
    names[0] === names[1] &&
    tags.filter((text) => text.startsWith('</')).length === 1
  );
}

const JOINED = /^\s*\/>$/;
const SPLIT = new RegExp(`^\\s*></${NAME}>$`, 'u');

/** The end of an empty tag becomes a closing tag, or the other way round. */
export const isTagSplit = ({ changes: [change, ...more] }: Signals): boolean =>
  change !== undefined &&
  more.length === 0 &&
  ((JOINED.test(change.inserted) && SPLIT.test(change.deleted)) ||
    (JOINED.test(change.deleted) && SPLIT.test(change.inserted)));

/** The selected lines with others around them, as a command that wraps or surrounds puts them; or that undone. */
export function isWrapped({ changes, before = [] }: Signals): boolean {
  return (
    changes.length > 0 &&
    changes.every((change) => before.some((selected) => sameSpan(selected, change.span)) && isAround(change))
  );
}

function isAround({ deleted, inserted }: SeenChange): boolean {
  const [a, b] = [solidLines(deleted), solidLines(inserted)];
  const [short, long] = a.join('\n').length < b.join('\n').length ? [a, b] : [b, a];
  return short.length > 0 && deleted !== inserted && `\n${long.join('\n')}\n`.includes(short.join('\n'));
}

const solidLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** By how much Emmet counts. */
const STEPS: readonly number[] = [0.1, 1, 10];

/** A number at a caret that is counted up or down. */
export function isCounted({ changes, before = [] }: Signals): boolean {
  return (
    changes.length > 0 &&
    changes.every(
      ({ span, deleted, inserted }) =>
        NUMBER.test(deleted) &&
        NUMBER.test(inserted) &&
        STEPS.some((step) => Math.abs(Math.abs(Number(inserted) - Number(deleted)) - step) < 1e-9) &&
        before.some(({ start }) => isWithin(start, span)),
    )
  );
}

const COLOUR = /^(?:#[\da-f]{3,8}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([\w\s.,%/+-]*\)|[a-z]{3,24})$/i;

/** A colour in place of a colour, as the picker puts it there: of the one that was written, some notation is new. */
export const isOtherColour = ({ changes: [change, ...more] }: Signals): boolean =>
  change !== undefined &&
  more.length === 0 &&
  COLOUR.test(change.deleted) &&
  /^(?:#|\w+\()/.test(change.inserted) &&
  COLOUR.test(change.inserted);

/** The result in place of a sum or another calculation. */
export const isCalculated = ({ changes }: Signals): boolean =>
  changes.length > 0 &&
  changes.every(
    ({ deleted, inserted }) =>
      /^[\d.\s()]*\d[\s)]*[-+*/\\%][-+*/\\%\d.\s()]*$/.test(deleted) && /^-?\d+(?:\.\d+)?$/.test(inserted),
  );
