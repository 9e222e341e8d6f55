/** One content that a file had, as spans of its weave, and the patch that turns it into another. Pure. */
import { type CharacterStore } from './character-store';
import { type Operation } from './operation';

/** A run of characters at their place. */
export interface Span {
  /** Id of the first character; the others follow. No two places have the same id. */
  readonly id: number;
  readonly length: number;
  /**
   * Place of the first character in the character store. Text that was moved or copied keeps the place it had before.
   */
  readonly textOffset: number;
  /** Who inserted it here. */
  readonly insertedBy: Operation;
  /** Who deleted it; null while it is there. */
  readonly deletedBy: Operation | null;
  /** Who last restored it after it was deleted. */
  readonly restoredBy: Operation | null;
}

/** One content that the file had. */
export interface Snapshot {
  readonly text: string;
  /** In the weave's order. Includes deleted text, but not text that was written later. */
  readonly spans: readonly Span[];
}

/** Text that a change inserts. */
export interface Insertion {
  /** Offset in the new text. */
  readonly at: number;
  readonly text: string;
  readonly by: Operation;
  /**
   * Places in the character store of the parts that were moved or copied here; the rest is newly written. Undefined
   * before the search for moves.
   */
  parts?: readonly { readonly length: number; readonly textOffset?: number }[];
}

/** Deleted text that is restored, or that somebody else now counts as having deleted. */
export type Restoration = Pick<Span, 'id' | 'length' | 'restoredBy' | 'deletedBy'>;

/** `[from, to)` of the old text is replaced. */
export interface WeaveHunk {
  readonly from: number;
  readonly to: number;
  readonly by: Operation;
  readonly items: readonly (Insertion | Restoration)[];
}

/** A change that is not yet applied. Hunks are ascending and do not overlap. */
export interface Patch {
  readonly on: Snapshot;
  readonly text: string;
  readonly hunks: readonly WeaveHunk[];
}

export const isInsertion = (item: Insertion | Restoration): item is Insertion => 'text' in item;

export const EMPTY: Snapshot = { text: '', spans: [] };

/** Finds the state of spans in a version, asked for in the weave's order. */
export class SnapshotCursor {
  private index = 0;
  constructor(private readonly spans: readonly Span[]) {}

  /** The version's span that contains this one; undefined when the version does not have it. */
  stateOf(span: Span): Span | undefined {
    const current = this.spans[this.index];
    if (!current || span.id < current.id || span.id + span.length > current.id + current.length) return undefined;
    if (span.id + span.length === current.id + current.length) this.index++;
    return current;
  }
}

/** A part of a span, in a version's state if given, else in the span's own. */
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

export const textOf = (store: CharacterStore, spans: readonly Span[]): string =>
  spans.map((span) => store.text(span.textOffset, span.length)).join('');
