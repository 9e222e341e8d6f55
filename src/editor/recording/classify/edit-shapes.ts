/**
 * Recognises what a person did at the caret from the shape of the change, where the editor gives no reason. Pure.
 */
import {
  byStart,
  endOf,
  isBefore,
  isEmptySpan,
  isWithin,
  samePlace,
  sameSpan,
  type SeenChange,
  type Signals,
  type Span,
} from './change-event';

/** An input method's rewrite, or an overtyped character, is no longer than this. */
const LONGEST_COMPOSITION = 40;

/** Characters inserted at each caret, over each selection, around it, or replacing an input method's preview. */
export function isTypedInPlace({ changes, before, after }: Signals): boolean {
  if (!before || changes.length === 0 || changes.length > 2 * before.length) return false;
  const inPlace = changes.every((change) => before.some((caret) => isAt(change, caret)));
  const [only] = changes;
  if (!inPlace || changes.length > 1 || !only || !after) return inPlace;
  // The caret ends where typing leaves it: anywhere else, a separate key moved it.
  const put = { start: only.span.start, end: endOf(only.span.start, only.inserted) };
  return after.some((caret) => isEmptySpan(caret) && isWithin(caret.start, put));
}

/**
 * One character replacing each selection, with the caret after it. The editor does not report it as typed when the
 * selections span several lines.
 */
export function isTypedOverLines({ changes, before, after }: Signals): boolean {
  if (changes.length !== before?.length) return false;
  const isOverLines = (span: Span): boolean => span.start.line < span.end.line;
  const isOneOver = ({ span, inserted }: SeenChange): boolean =>
    isOneCharacter(inserted) && isOverLines(span) && before.some((caret) => sameSpan(span, caret));
  const [only] = changes;
  if (!changes.every(isOneOver) || !only || !after) return false;
  return changes.length > 1
    ? after.every(isEmptySpan)
    : after.some((caret) => isEmptySpan(caret) && samePlace(caret.start, endOf(only.span.start, only.inserted)));
}

/**
 * One character with the caret moved behind it by the keyboard, also over text of its line: a key press, even where an
 * extension or a program has meanwhile put the caret somewhere else.
 */
export function isKeyPress({ changes: [change, ...more], before, aftermath, after = [] }: Signals): boolean {
  return (
    before !== undefined &&
    aftermath === 'keyboard' &&
    change !== undefined &&
    more.length === 0 &&
    change.span.start.line === change.span.end.line &&
    isOneCharacter(change.inserted) &&
    after.some((caret) => isEmptySpan(caret) && samePlace(caret.start, endOf(change.span.start, change.inserted)))
  );
}

/**
 * A letter that an input method composes further, such as a Korean syllable or the letter under a dead key's accent:
 * another letter of no Latin keyboard is in place of what is before each caret, and so no caret moves.
 */
export function isComposed({ changes, before = [], aftermath }: Signals): boolean {
  return (
    aftermath === 'none' &&
    changes.length > 0 &&
    changes.length === before.length &&
    changes.every(
      ({ span, deleted, inserted }) =>
        ((COMPOSED.test(deleted) && COMPOSED.test(inserted) && deleted.length === inserted.length) ||
          (DEAD_KEY.test(deleted) && ACCENTED.test(inserted.normalize('NFD')))) &&
        before.some((caret) => isEmptySpan(caret) && samePlace(caret.start, span.end)),
    )
  );
}

const COMPOSED = /^(?![\p{ASCII}])\p{L}$/u;
const DEAD_KEY = /^[\p{Sk}~'",\u00B0]$/u;
const ACCENTED = /^\p{L}\p{M}$/u;

const isOneCharacter = (text: string): boolean => text !== '' && !/[\r\n]/.test(text) && [...text].length === 1;

function isAt({ span }: SeenChange, caret: Span): boolean {
  if (sameSpan(span, caret)) return true;
  if (isEmptySpan(span)) return samePlace(span.start, caret.start) || samePlace(span.start, caret.end);
  const short = span.start.line === span.end.line && span.end.character - span.start.character <= LONGEST_COMPOSITION;
  return isEmptySpan(caret) && short && isWithin(caret.start, span);
}

/** A closing bracket or a keyword's last letter that the editor outdents as it is typed: only blanks are before it. */
export function isDedent({ changes, before }: Signals): boolean {
  if (!before || changes.length === 0 || changes.length !== before.length) return false;
  return changes.every(({ span, deleted, inserted }) => {
    const isAtCaret =
      span.start.line === span.end.line &&
      span.start.character === 0 &&
      before.some((caret) => isEmptySpan(caret) && samePlace(caret.start, span.end));
    return (
      isAtCaret && /^[ \t]*$/.test(deleted) && /^[ \t]*[^\s]$/.test(inserted) && inserted.length <= deleted.length + 1
    );
  });
}

/** A line break with its indentation, or with what continues a comment or a list. */
const LINE_BREAK = /^(?:\r?\n[^\S\r\n]*){1,2}$|^\r?\n[^\S\r\n]*(?:\*|\/{2,3}!?|#+|--|;+|%+|[-+*]|>)[^\S\r\n]*$/;

/** Enter: a line break at each caret; blanks elsewhere on the line may be removed. */
export function isLineBreak({ changes, before }: Signals): boolean {
  if (!before || changes.length === 0) return false;
  return (
    changes.some((change) => LINE_BREAK.test(change.inserted)) &&
    changes.every(
      (change) =>
        isBlankChange(change, before) ||
        (LINE_BREAK.test(change.inserted) && before.some((caret) => isAtEnter(change, caret))),
    )
  );
}

/** Enter removes the blanks around the caret, or the selection. */
const isAtEnter = (change: SeenChange, caret: Span): boolean =>
  sameSpan(change.span, caret) ||
  (isWithin(caret.start, change.span) && (change.deleted.trim() === '' || isWithin(caret.end, change.span)));

/** Tab, Shift+Tab and re-indenting: only blanks are added or removed, on the lines of the selections. */
export function isIndent({ changes, before }: Signals): boolean {
  return before !== undefined && changes.length > 0 && changes.every((change) => isBlankChange(change, before));
}

function isBlankChange({ span, deleted, inserted }: SeenChange, carets: readonly Span[]): boolean {
  return (
    /^[ \t]*$/.test(deleted + inserted) &&
    carets.some((caret) => span.start.line >= caret.start.line && span.end.line <= caret.end.line)
  );
}

const COMMENT_MARK =
  /^[^\S\r\n]*(?:\/{2,3}|#|--|;+|%+|'|\/\*|\*\/|<!--|-->|\{\/\*|\*\/\}|\(\*|\*\)|REM|rem)[^\S\r\n]?$/;

/** Comment markers added before or around the lines of the selections, or removed. */
export function isCommentToggle({ changes, before }: Signals): boolean {
  if (!before || changes.length === 0) return false;
  return changes.every(({ span, deleted, inserted }) => {
    const mark = deleted === '' ? inserted : inserted === '' ? deleted : '';
    return (
      COMMENT_MARK.test(mark) &&
      before.some((caret) => span.start.line >= caret.start.line && span.end.line <= caret.end.line)
    );
  });
}

/** Backspace, Delete, by word or by line, a selection, an auto-closed pair, whole lines of the caret. */
export function isDeletion({ changes, before }: Signals): boolean {
  return (
    before !== undefined &&
    changes.length > 0 &&
    changes.every((change) => change.inserted === '' && before.some((caret) => isDeletedAt(change, caret)))
  );
}

function isDeletedAt({ span, deleted }: SeenChange, caret: Span): boolean {
  if (sameSpan(span, caret)) return true;
  if (!isEmptySpan(caret)) return isWholeLines(span, caret);
  const touches = samePlace(span.start, caret.start) || samePlace(span.end, caret.start);
  const pair = deleted.length <= 2 && isWithin(caret.start, span);
  return (touches && span.end.line - span.start.line <= 1) || pair || isWholeLines(span, caret);
}

/** The lines of a selection with one line break, the one after or the one before them. */
function isWholeLines(span: Span, caret: Span): boolean {
  const first = caret.start.line;
  const last = caret.end.line;
  const withBreakAfter =
    span.start.line === first && span.start.character === 0 && span.end.line === last + 1 && span.end.character === 0;
  const withBreakBefore = span.start.line === first - 1 && span.end.line === last && !isBefore(span.end, caret.end);
  return withBreakAfter || withBreakBefore;
}

/** Lines with the break after or the one before them. */
const LINES = /^\r?\n|\n$/;

/** Text removed at one place and inserted at another in a single step, as when lines are moved. */
export function isMove({ changes, before }: Signals): boolean {
  if (!before || changes.length < 2 || changes.some(({ deleted, inserted }) => deleted !== '' && inserted !== ''))
    return false;
  const solid = (texts: readonly string[]): string =>
    texts
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .sort()
      .join('\n');
  const near = changes.some(({ span }) =>
    before.some((caret) => span.start.line <= caret.end.line + 1 && span.end.line >= caret.start.line - 1),
  );
  // A formatter that removes a semicolon from one line and adds one to another moves nothing.
  if (
    !changes.every(
      ({ span, deleted }) =>
        deleted.trim() === '' || LINES.test(deleted) || before.some((selected) => sameSpan(span, selected)),
    )
  )
    return false;
  const moved = solid(changes.map((change) => change.deleted));
  const same = moved === solid(changes.map((change) => change.inserted));
  return near && same && (moved !== '' || isPastBlank(changes, before));
}

/**
 * The selected lines swap places with a blank line above or below them: it is removed on one side and added on the
 * other.
 */
function isPastBlank(changes: readonly SeenChange[], [lines, ...more]: readonly Span[]): boolean {
  const [above, below, ...others] = [...changes].sort((a, b) => byStart(a.span, b.span));
  if (!lines || !above || !below || more.length > 0 || others.length > 0) return false;
  const breaks = ({ deleted, inserted }: SeenChange): string => `${deleted}${inserted}`.replace(/[^\n]/g, '');
  const isOneEach =
    (above.deleted === '') !== (below.deleted === '') && breaks(above) === '\n' && breaks(below) === '\n';
  return (
    isOneEach &&
    above.span.start.line >= lines.start.line - 1 &&
    above.span.end.line <= lines.start.line &&
    below.span.start.line >= lines.end.line - 1 &&
    below.span.end.line <= lines.end.line + 1
  );
}

/** A line's text that moves to the adjacent line; the change does not show whether that line was empty. */
export function isToLineBeside(changes: readonly SeenChange[]): boolean {
  const [removal, put] = changes[0]?.inserted === '' ? changes : changes.toReversed();
  if (
    !removal ||
    !put ||
    changes.length !== 2 ||
    removal.inserted !== '' ||
    put.deleted !== '' ||
    removal.deleted !== put.inserted ||
    put.inserted.trim() === ''
  )
    return false;
  const { start, end } = removal.span;
  return (
    start.character === 0 &&
    start.line === end.line &&
    put.span.start.character === 0 &&
    Math.abs(put.span.start.line - start.line) === 1
  );
}

/**
 * The caret's empty line swaps places with the one above or below it, which the editor does by moving that line's text.
 */
export function isEmptyLineMoved({ changes, before, lines }: Signals): boolean {
  const [caret, ...more] = before ?? [];
  if (!caret || more.length > 0 || !isEmptySpan(caret) || !isToLineBeside(changes)) return false;
  return (
    lines?.length === 1 &&
    /^[\r\n]*$/.test(lines[0] ?? '') &&
    changes.some(({ span, inserted }) => inserted !== '' && samePlace(span.start, caret.start))
  );
}

/** The selected lines inserted again, above or below themselves: at every caret the lines that it touches. */
export function isLineCopy({ changes, before = [], lines = [] }: Signals): boolean {
  if (changes.length === 0 || changes.length !== before.length) return false;
  const carets = before.map((span, index) => ({ span, line: lines[index] })).sort((a, b) => byStart(a.span, b.span));
  return [...changes]
    .sort((a, b) => byStart(a.span, b.span))
    .every((change, index) => {
      const caret = carets[index];
      return caret?.line !== undefined && isCopyOf(change, caret.span, caret.line);
    });
}

function isCopyOf({ span: { start }, deleted, inserted }: SeenChange, caret: Span, line: string): boolean {
  const beside = start.line >= caret.start.line - 1 && start.line <= caret.end.line + 1;
  return (
    beside &&
    deleted === '' &&
    line.trim() !== '' &&
    /[\r\n]/.test(inserted) &&
    inserted.replace(/\r\n?|\n/g, '\n').replace(/^\n|\n$/, '') === line.replace(/\r\n?|\n/g, '\n').replace(/\n$/, '')
  );
}

/** The selected text inserted once more: behind itself, or where it is dropped, and the editor selects it there. */
export function isSelectionDoubled({
  changes: [change, ...more],
  before: [selection, ...others] = [],
  after = [],
  selected,
}: Signals): boolean {
  if (change === undefined || selection === undefined || more.length > 0 || others.length > 0) return false;
  const { span, deleted, inserted } = change;
  if (deleted !== '' || inserted === '' || inserted !== selected) return false;
  const dropped = { start: span.start, end: endOf(span.start, inserted) };
  return samePlace(span.start, selection.end) || after.some((place) => sameSpan(place, dropped));
}
