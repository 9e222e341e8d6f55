/** what has no file is never read from one */
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
  /** The editor that a person would be typing in. */
  readonly command?: EditorCommand;
  /** What is currently not recorded, and why: logged once, and shown for as long as it lasts. */
  readonly focused?: boolean;
  readonly dirty: boolean;
  readonly before?: readonly Span[];
  /** Why a file is not tracked key by key. */
  readonly takenOver?: Promise<Cutting>;
}

/** Files that are not tracked, by path. */
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

/** The last write to the journal failed: where and why; null: the repository was gone. */
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
