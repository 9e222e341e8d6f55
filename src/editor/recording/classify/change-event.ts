/** What the editor reports about one change of a document, collected from its events. Pure. */

/** 0-based line and UTF-16 column, as the editor counts. */
interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** One replacement; its span refers to the text before the event. */
export interface SeenChange {
  readonly span: Span;
  readonly deleted: string;
  readonly inserted: string;
}

/** The proposed API's reason for a change (`textDocumentChangeReason`), where the editor grants it. */
export interface DetailedReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The selection event that followed: `keyboard`, as after typed characters; `other`, as after most commands and all
 * programmatic edits; `none` came.
 */
export type Aftermath = 'keyboard' | 'other' | 'none';

/**
 * What a person had the editor do: a command called through one of ours, a side effect of saving a document or moving
 * or deleting files, an item of the menu of quick fixes and refactorings (`fix`), or an action on the whole file
 * (`source`).
 */
export type EditorCommand =
  'suggestion' | 'command' | 'rename' | 'imports' | 'save' | 'move' | 'delete' | 'fix' | 'source';

export interface Signals {
  readonly changes: readonly SeenChange[];
  /** The editor reports it as an undo or a redo. */
  readonly undo: boolean;
  readonly detail?: DetailedReason;
  /** An inline completion was being accepted in this document by one of our commands. */
  readonly accepting: boolean;
  /** The editor itself may have offered it, by a setting that is off by default. */
  readonly mayBeOwnOffer?: true;
  /** An editor command was running in this document, according to one of ours or the editor's own events. */
  readonly command?: EditorCommand;
  /** The window was focused. */
  readonly focused?: boolean;
  /** Another document was in the active editor, where an assistant's text would go. */
  readonly isBehind?: true;
  /** A character was typed directly after it at the same time, as when that accepts an item of the suggestion list. */
  readonly typedNext?: boolean;
  /** False for what was read from disk, and for some programmatic edits. */
  readonly dirty: boolean;
  /** Selections of the document's editor before the change; undefined when no editor shows it. */
  readonly before?: readonly Span[];
  readonly aftermath: Aftermath;
  /** Selections in the event that followed. */
  readonly after?: readonly Span[];
  /**
   * The lines that the selections before the change touched, each with its line break; only for changes that insert
   * lines, or a line's text next to it.
   */
  readonly lines?: readonly string[];
  /** The text that was selected before the change; only for a change that inserts something as long behind it. */
  readonly selected?: string;
  /** What stands before a single insertion of a tag in its line. */
  readonly textBefore?: string;
  /** What is on the clipboard, if it was requested and readable. */
  readonly clipboard?: string;
}

export const samePlace = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;
export const sameSpan = (a: Span, b: Span): boolean => samePlace(a.start, b.start) && samePlace(a.end, b.end);
export const isEmptySpan = (span: Span): boolean => samePlace(span.start, span.end);
export const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
/** Orders spans as they stand in the text. */
export const byStart = (a: Span, b: Span): number => (isBefore(a.start, b.start) ? -1 : 1);
export const isWithin = (place: Position, span: Span): boolean =>
  !isBefore(place, span.start) && !isBefore(span.end, place);

/** Whether a selection is a part of what a change put in, but not its end: as a place of a snippet, or of a link. */
export const isPlaceIn = ({ start, end }: Span, { span, inserted }: Pick<SeenChange, 'span' | 'inserted'>): boolean =>
  (isBefore(span.start, start) || (samePlace(span.start, start) && isBefore(start, end))) &&
  isBefore(end, endOf(span.start, inserted));

/** The end of text inserted at a place. */
export function endOf(start: Position, inserted: string): Position {
  const lines = inserted.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}
