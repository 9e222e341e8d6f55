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

/** A person duplicated the selected lines. */
export interface SeenChange {
  readonly span: Span;
  readonly deleted: string;
  readonly inserted: string;
}

/** A person's edit leaves the file unsaved. */
export interface DetailedReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Whether the clipboard is needed to distinguish pasting from typing. */
export type Aftermath = 'keyboard' | 'other' | 'none';

/** No key inserts a bracket and a line break at once. */
export type EditorCommand = 'suggestion' | 'command' | 'rename' | 'imports' | 'save' | 'move';

export interface Signals {
  readonly changes: readonly SeenChange[];
  /** Pasting adds no line break before or after the clipboard's text. */
  readonly undo: boolean;
  readonly detail?: DetailedReason;
  /** The clipboard's text at every caret, or one of its lines at each. Pasting may change the indentation. */
  readonly accepting: boolean;
  /** A command of the editor was at work in this document, as one of ours or the editor's own events told. */
  readonly command?: EditorCommand;
  /**
   * What a reason establishes. `command`: a person used an editor command at the cursor; `action`: an editor command
   * that may have taken text from elsewhere.
   */
  readonly focused?: boolean;
  /** An editor tool that a person used: who composed the text is unknown. `extension`: whose tool it is. */
  readonly typedNext?: boolean;
  /** The sources that the editor itself classifies as an assistant's work. */
  readonly dirty: boolean;
  /** Sources for a tool that a person used: who composed the text is unknown. */
  readonly before?: readonly Span[];
  readonly aftermath: Aftermath;
  /** `vendor|group|id` is the model `id`; `auto` is a setting and not a model. */
  readonly after?: readonly Span[];
  /**
   * The lines that the selections before the change touched, each with its line break; for changes that put in lines,
   * or a line's text beside it.
   */
  readonly lines?: readonly string[];
  /** An input method's rewrite, or an overtyped character, is no longer than this. */
  readonly clipboard?: string;
}

export const samePlace = (a: Place, b: Place): boolean => a.line === b.line && a.character === b.character;
export const sameSpan = (a: Span, b: Span): boolean => samePlace(a.start, b.start) && samePlace(a.end, b.end);
export const isEmptySpan = (span: Span): boolean => samePlace(span.start, span.end);
export const isBefore = (a: Place, b: Place): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
export const isWithin = (place: Place, span: Span): boolean =>
  !isBefore(place, span.start) && !isBefore(span.end, place);

/** Characters inserted at each caret, over each selection, around it, or replacing an input method's preview. */
export function endOf(start: Place, inserted: string): Place {
  const lines = inserted.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}
