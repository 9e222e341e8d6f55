/**
 * What the editor and Emmet do to markup at a person's key or command, recognised from the shape of the change: nothing
 * in it is anybody's but theirs. Pure.
 */
import { isEmptySpan, isWithin, samePlace, sameSpan, type SeenChange, type Signals } from '../classify/change-event';

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

/**
 * What the abbreviation before the caret stands for in Emmet: each word of the markup is one that the person typed,
 * apart from attributes without a value and from *lorem*.
 */
export function isExpanded({ changes: [change, ...more], before = [] }: Signals): boolean {
  if (!change || more.length > 0) return false;
  const { span, deleted, inserted } = change;
  const isAtCaret = before.some((caret) => isEmptySpan(caret) && samePlace(caret.start, span.end));
  if (!isAtCaret || span.start.line !== span.end.line) return false;
  const declared = DECLARATION.exec(inserted);
  if (declared) return isOfDeclaration(deleted, declared[1] ?? '', declared[2] ?? '');
  if (!MARKUP.test(inserted) || !ABBREVIATION.test(deleted)) return false;
  const typed = new Set(wordsOf(deleted));
  const put = inserted
    .replace(/\s[\w:-]+=""/g, '')
    .replace(/>[^<]*</g, (text) => (/lorem/.test(deleted) ? '><' : text));
  return wordsOf(put).every((word) => typed.has(word) || IMPLIED.has(word));
}

const MARKUP = /^<[^]*>$/;
const ABBREVIATION = /^[\w$@.#]\S*$/;
/** Tags that Emmet puts around a class without one; `class` and `id` are written as signs. */
const IMPLIED: ReadonlySet<string> = new Set(['div', 'span', 'li', 'tr', 'td', 'option', 'class', 'id']);
const wordsOf = (text: string): readonly string[] => text.match(/\p{L}+/gu) ?? [];

/** A property of a style sheet with its value. */
const DECLARATION = /^([a-z-]+):\s?([^;\n]*);?$/;

/** `m10` for `margin: 10px`: the property's letters in their order from its first on, and the numbers. */
function isOfDeclaration(abbreviation: string, property: string, value: string): boolean {
  const [, letters = '', number = ''] = /^([a-z]+)(-?[\d.]+)$/.exec(abbreviation) ?? [];
  let found = 0;
  for (const letter of property) if (letter === letters[found]) found++;
  return (
    letters !== '' &&
    found === letters.length &&
    property.startsWith(letters.charAt(0)) &&
    /^(-?[\d.]+)(?:px|em)?$/.exec(value)?.[1] === number
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
  const isWithin = `\n${long.join('\n')}\n`.includes(short.join('\n'));
  return short.length > 0 && deleted !== inserted && (isWithin || isEachWithin(short, long));
}

/** Whether the lines stay as they are, each between tags: other tags in place of theirs are somebody's text. */
function isEachWithin(lines: readonly string[], longer: readonly string[]): boolean {
  let next = 0;
  for (const outer of longer) {
    const line = lines[next];
    const isThere = line !== undefined && outer.includes(line) && TAGS.test(line) === TAGS.test(outer);
    if (isThere && TAGS.test(outer.replace(line, () => ''))) next++;
    else if (!TAGS.test(outer)) return false;
  }
  return next === lines.length;
}
const TAGS = /^(?:\s*<[^<>]*>)*\s*$/;

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
