/**
 * What the editor tells about one change of a document, put together from its events. Pure.
 */

/** 0-based line and UTF-16 column, as the editor counts. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** One replacement; its span lies in the text before the event. */
export interface SeenChange {
  readonly span: Span;
  readonly deleted: string;
  readonly inserted: string;
}

/** The proposed API's own word for a change (`textDocumentChangeReason`), where the editor grants it. */
export interface DetailedReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The selection event that followed: `keyboard`, as after typed characters; `other`, as after most commands and all
 * programs; `none` came.
 */
export type Aftermath = 'keyboard' | 'other' | 'none';

/**
 * What a person had the editor do: a command called through one of ours; what saving a document, or moving files,
 * brings with it.
 */
export type EditorCommand = 'suggestion' | 'command' | 'rename' | 'imports' | 'save' | 'move';

export interface Signals {
  readonly changes: readonly SeenChange[];
  /** The editor calls it an undo or a redo. */
  readonly undo: boolean;
  readonly detail?: DetailedReason;
  /** An inline completion was being accepted in this document by one of our commands. */
  readonly accepting: boolean;
  /** A command of the editor was at work in this document, as one of ours or the editor's own events told. */
  readonly command?: EditorCommand;
  /** The window had the focus. */
  readonly focused?: boolean;
  /** A character was typed right behind it in the same moment, as when that accepts an item of the suggestion list. */
  readonly typedNext?: boolean;
  /** False for what was read from disk, and for some programs' edits. */
  readonly dirty: boolean;
  /** Selections of the document's editor before the change; undefined when no editor shows it. */
  readonly before?: readonly Span[];
  readonly aftermath: Aftermath;
  /** Selections in the event that followed. */
  readonly after?: readonly Span[];
  /**
   * The lines that the selections before the change touched, each with its line break; for changes that put in lines,
   * or a line's text beside it.
   */
  readonly lines?: readonly string[];
  /** What is on the clipboard, when that was asked for and could be read. */
  readonly clipboard?: string;
}

export const samePlace = (a: Place, b: Place): boolean => a.line === b.line && a.character === b.character;
export const sameSpan = (a: Span, b: Span): boolean => samePlace(a.start, b.start) && samePlace(a.end, b.end);
export const isEmptySpan = (span: Span): boolean => samePlace(span.start, span.end);
export const isBefore = (a: Place, b: Place): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
export const isWithin = (place: Place, span: Span): boolean =>
  !isBefore(place, span.start) && !isBefore(span.end, place);

/** Where text put in at a place ends. */
export function endOf(start: Place, inserted: string): Place {
  const lines = inserted.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}
