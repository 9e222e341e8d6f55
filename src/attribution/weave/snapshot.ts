/** One content that a file had, as spans of its weave, and the patch that makes another one of it. Pure. */
import { type Operation, type CharacterStore } from './character-store';

/** A run of characters in their place. */
export interface Span {
  /** Of the first character; the others follow. No two places have the same id. */
  readonly id: number;
  readonly length: number;
  /**
   * Place of the first character in the character store: text that was moved or copied has the character store that it
   * had before.
   */
  readonly textOffset: number;
  /** Who put it here. */
  readonly insertedBy: Operation;
  /** Who took it away; null while it is there. */
  readonly deletedBy: Operation | null;
  /** Who brought it back last, after it was gone. */
  readonly restoredBy: Operation | null;
}

/** One content that the file had. */
export interface Snapshot {
  readonly text: string;
  /** In the weave's order. What was written later is not in here, what is gone is. */
  readonly spans: readonly Span[];
}

/** Text that a change puts in. */
export interface Insertion {
  /** Where, in the new text. */
  readonly at: number;
  readonly text: string;
  readonly by: Operation;
  /** Ink of the parts that were moved or copied here; the rest is newly written. Undefined while nobody looked. */
  parts?: readonly { readonly length: number; readonly textOffset?: number }[];
}

/** Text that was gone and is there again; or was gone, and is now taken out by somebody else. */
export interface Restoration {
  readonly id: number;
  readonly length: number;
  readonly restoredBy: Operation | null;
  readonly deletedBy: Operation | null;
}

/** `[from, to)` of the old text is replaced. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly by: Operation;
  readonly items: readonly (Insertion | Restoration)[];
}

/** What a change does, before it is done. Hunks are ascending and do not overlap. */
export interface Patch {
  readonly on: Snapshot;
  readonly text: string;
  readonly hunks: readonly Hunk[];
}

export const isInsertion = (item: Insertion | Restoration): item is Insertion => 'text' in item;

export const EMPTY: Snapshot = { text: '', spans: [] };

/** Tells the state that a version gives to spans, asked for in the weave's order. */
export class SnapshotCursor {
  private index = 0;
  constructor(private readonly spans: readonly Span[]) {}

  /** The version's span that this one is, or is a part of; undefined when the version does not know it. */
  stateOf(span: Span): Span | undefined {
    const own = this.spans[this.index];
    if (!own || span.id < own.id || span.id + span.length > own.id + own.length) return undefined;
    if (span.id + span.length === own.id + own.length) this.index++;
    return own;
  }
}

/** A part of a span, in the state of a version; in the span's own when none is given. */
export const partOf = (
  span: Span,
  from: number,
  to: number,
  state: Pick<Span, 'deletedBy' | 'restoredBy'> = span,
): Span =>
  from === 0 && to === span.length && span.deletedBy === state.deletedBy && span.restoredBy === state.restoredBy
    ? span
    : {
        id: span.id + from,
        length: to - from,
        textOffset: span.textOffset + from,
        insertedBy: span.insertedBy,
        deletedBy: state.deletedBy,
        restoredBy: state.restoredBy,
      };

/** The text of spans. */
export const textOf = (store: CharacterStore, spans: readonly Span[]): string =>
  spans.map((span) => store.text(span.textOffset, span.length)).join('');
