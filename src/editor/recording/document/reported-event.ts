/** A document change as the editor reports it, and what its shape alone shows. Pure. */
import type { Cutting } from '../buffer/pasted-spans';
import { isTypedInPlace } from '../classify/edit-shapes';
import {
  isEmptySpan,
  isPlaceIn,
  samePlace,
  sameSpan,
  type DetailedReason,
  type EditorCommand,
  type Span,
} from '../classify/change-event';

/** A replacement as the editor reports it: offsets and positions in the text before the event. */
export interface ReportedChange {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  readonly span: Span;
}

export interface ReportedEvent {
  readonly changes: readonly ReportedChange[];
  readonly undo: boolean;
  readonly detail?: DetailedReason;
  readonly accepting: boolean;
  /** The editor itself may have offered it, by a setting that is off by default. */
  readonly mayBeOwnOffer?: true;
  /** An editor command was running in the document. */
  readonly command?: EditorCommand;
  /** The window was focused. */
  readonly focused?: boolean;
  /** Another document was in the active editor. */
  readonly isBehind?: true;
  readonly dirty: boolean;
  readonly before?: readonly Span[];
  /** It inserts the whole text of an untitled file that gets a name. */
  readonly takenOver?: Promise<Cutting>;
}

/** The longest preview that an input method shows while composing. */
const LONGEST_COMPOSITION = 40;

export const takesOut = ({ deleted, inserted }: ReportedChange): boolean => deleted > 0 && inserted === '';

/** Characters that a refactoring may move to another file at once, and the places that it takes them from. */
const [LEAST_MOVED, MOST_MOVED, MOST_PLACES] = [8, 200_000, 30];

/** Whether text is taken out that may be put into another document. */
export const mayMoveAway = (changes: readonly ReportedChange[]): boolean =>
  changes.length <= MOST_PLACES &&
  changes.some((change) => takesOut(change) && change.deleted >= LEAST_MOVED) &&
  changes.every(({ deleted }) => deleted <= MOST_MOVED);

export const mayBeDraft = (event: ReportedEvent): boolean => {
  const [only] = event.changes;
  if (
    !only ||
    event.changes.length > 1 ||
    event.detail ||
    event.undo ||
    event.accepting ||
    event.takenOver ||
    only.inserted.length > LONGEST_COMPOSITION ||
    /[\r\n]/.test(only.inserted)
  )
    return false;
  return (
    only.inserted !== '' &&
    isTypedInPlace({
      changes: [{ ...only, deleted: '' }],
      undo: false,
      accepting: false,
      dirty: event.dirty,
      aftermath: 'none',
      ...(event.before ? { before: event.before } : {}),
    })
  );
};

/** Whether carets are where a typed character was inserted, while its event knew them elsewhere: they were there before it. */
export function isBeforeTyping({ changes, before = [] }: ReportedEvent, carets: readonly Span[]): boolean {
  const isAt = (spans: readonly Span[]): boolean =>
    changes.every(({ span }) => spans.some((caret) => isEmptySpan(caret) && samePlace(caret.start, span.start)));
  return (
    changes.length === carets.length &&
    changes.every(({ deleted, inserted }) => deleted === 0 && inserted.length === 1) &&
    isAt(carets) &&
    !isAt(before)
  );
}

/**
 * Whether the editor may select something else right behind the change: a match that follows the one that it replaced,
 * the places of a snippet at several carets, or a place within what was put in, such as the text of a link.
 */
export const maySelectOn = ({ changes, before = [] }: ReportedEvent, selections: readonly Span[]): boolean =>
  changes.length > 1 ||
  changes.some(
    (change) =>
      before.some((selected) => !isEmptySpan(selected) && sameSpan(selected, change.span)) ||
      selections.every((place) => isPlaceIn(place, change)),
  );

/** Whether the second event continues where the first put its text, as with an input method's preview. */
export function isDraftOf(first: ReportedEvent, second: ReportedEvent): boolean {
  const [a] = first.changes;
  const [b] = second.changes;
  return (
    a !== undefined &&
    b !== undefined &&
    second.changes.length === 1 &&
    mayBeDraft(first) &&
    b.offset <= a.offset + a.inserted.length &&
    b.offset + b.deleted >= a.offset
  );
}
