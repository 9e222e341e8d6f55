/** Lines that an editor command removes and inserts elsewhere, as sorting does, keep their authors. Pure. */
import {
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

/** Shorter lines occur in many places. */
const LONGEST_COMPOSITION = 40;

/**
 * An inserted text, with the lines in it that are removed at the same time; the rest is by `by`. Undefined when there
 * are none.
 */
export function isTypedInPlace({ changes, before, after }: Signals): boolean {
  if (!before || changes.length === 0 || changes.length > 2 * before.length) return false;
  const inPlace = changes.every((change) => before.some((caret) => isAt(change, caret)));
  const [only] = changes;
  if (!inPlace || changes.length > 1 || !only || !after) return inPlace;
  // The caret ends where typing leaves it: elsewhere it was moved by a key of its own.
  const put = { start: only.span.start, end: endOf(only.span.start, only.inserted) };
  return after.some((caret) => isEmptySpan(caret) && isWithin(caret.start, put));
}

/** What the editor reports about text that goes to the clipboard, and whether it was cut or copied. Pure. */
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

const isOneCharacter = (text: string): boolean => text !== '' && !/[\r\n]/.test(text) && [...text].length === 1;

function isAt({ span }: SeenChange, caret: Span): boolean {
  if (sameSpan(span, caret)) return true;
  if (isEmptySpan(span)) return samePlace(span.start, caret.start) || samePlace(span.start, caret.end);
  const short = span.start.line === span.end.line && span.end.character - span.start.character <= LONGEST_COMPOSITION;
  return isEmptySpan(caret) && short && isWithin(caret.start, span);
}

/** Cut text is already gone when it is reported, and other text is in its place. */
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

/** Where it was selected; a line, when nothing was selected. */
const LINE_BREAK = /^(?:\r?\n[^\S\r\n]*){1,2}$|^\r?\n[^\S\r\n]*(?:\*|\/{2,3}!?|#+|--|;+|%+|[-+*]|>)[^\S\r\n]*$/;

/** Enter: a line break at each caret; blanks elsewhere on the line may go. */
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

/**
 * `cut`: it is what was last deleted; `copied`: it is still there; `unsure`: either. `taken`: what the latest change
 * deleted, if it did nothing else.
 */
const isAtEnter = (change: SeenChange, caret: Span): boolean =>
  sameSpan(change.span, caret) ||
  (isWithin(caret.start, change.span) && (change.deleted.trim() === '' || isWithin(caret.end, change.span)));

/** What people recently cut or copied, in any document: it keeps its authors when inserted again. Pure. */
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

/** Comment marks put before or around the lines of the selections, or taken away. */
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

/** Where it is uncertain which text was copied last, it may be the previous one. */
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

/**
 * `surely`: exactly these are on the clipboard now; `perhaps`: one of them may be; `untold`: not reported, but they may
 * be.
 */
function isWholeLines(span: Span, caret: Span): boolean {
  const first = caret.start.line;
  const last = caret.end.line;
  const withBreakAfter =
    span.start.line === first && span.start.character === 0 && span.end.line === last + 1 && span.end.character === 0;
  const withBreakBefore = span.start.line === first - 1 && span.end.line === last && !isBefore(span.end, caret.end);
  return withBreakAfter || withBreakBefore;
}

/** A text as short as a key press inserts, which was selected and is, or may be, on the clipboard. */
const LINES = /^\r?\n|\n$/;

/** It was certainly copied; otherwise it was deleted, possibly by a key that leaves the clipboard alone. */
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
  // How many copies had been made by then.
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

/** Pending lookups. */
function isPastBlank(changes: readonly SeenChange[], [lines, ...more]: readonly Span[]): boolean {
  const [above, below, ...others] = [...changes].sort((a, b) => (isBefore(a.span.start, b.span.start) ? -1 : 1));
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

/** Returns those that are remembered. */
export function isToLineBeside(changes: readonly SeenChange[]): boolean {
  const [taken, put] = changes[0]?.inserted === '' ? changes : changes.toReversed();
  if (
    !taken ||
    !put ||
    changes.length !== 2 ||
    taken.inserted !== '' ||
    put.deleted !== '' ||
    taken.deleted !== put.inserted ||
    put.inserted.trim() === ''
  )
    return false;
  const { start, end } = taken.span;
  return (
    start.character === 0 &&
    start.line === end.line &&
    put.span.start.character === 0 &&
    Math.abs(put.span.start.line - start.line) === 1
  );
}

/** The same for selected text, which is remembered however short it is. */
export function isEmptyLineMoved({ changes, before, lines }: Signals): boolean {
  const [caret, ...more] = before ?? [];
  if (!caret || more.length > 0 || !isEmptySpan(caret) || !isToLineBeside(changes)) return false;
  return (
    lines?.length === 1 &&
    /^[\r\n]*$/.test(lines[0] ?? '') &&
    changes.some(({ span, inserted }) => inserted !== '' && samePlace(span.start, caret.start))
  );
}

/**
 * Whether a key press that inserts this could also be a paste of text that a person did not write, if that is on the
 * clipboard.
 */
export function isLineCopy({ changes, before, lines }: Signals): boolean {
  const [change] = changes;
  const [caret] = before ?? [];
  const [line] = lines ?? [];
  if (
    !change ||
    !caret ||
    line === undefined ||
    changes.length > 1 ||
    before?.length !== 1 ||
    change.deleted !== '' ||
    line.trim() === ''
  )
    return false;
  const { start } = change.span;
  const beside = start.line >= caret.start.line - 1 && start.line <= caret.end.line + 1;
  return (
    beside &&
    /[\r\n]/.test(change.inserted) &&
    change.inserted.replace(/\r\n?|\n/g, '\n').replace(/^\n|\n$/, '') ===
      line.replace(/\r\n?|\n/g, '\n').replace(/\n$/, '')
  );
}
