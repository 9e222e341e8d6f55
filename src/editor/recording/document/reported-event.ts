/** A change of a document as the editor reports it, and what its shape says by itself. Pure. */
import type { Cutting } from '../buffer/cutting';
import { isTypedInPlace } from '../classify/edit-shapes';
import type { DetailedReason, EditorCommand, Span } from '../classify/change-event';

/** A replacement as the editor reports it: offsets and places of the text before the event. */
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
  /** A command of the editor was at work in the document. */
  readonly command?: EditorCommand;
  /** The window had the focus. */
  readonly focused?: boolean;
  readonly dirty: boolean;
  readonly before?: readonly Span[];
  /** It puts in all the text of a file without a name, which gets one. */
  readonly takenOver?: Promise<Cutting>;
}

/** What an input method shows while it is composing. */
const LONGEST_COMPOSITION = 40;

export const takesOut = ({ deleted, inserted }: ReportedChange): boolean => deleted > 0 && inserted === '';

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

/**
 * Whether the second event goes on where the first put its text, as an input method does with what it shows meanwhile.
 */
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
