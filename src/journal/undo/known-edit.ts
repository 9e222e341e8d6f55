/** What an editor told of an edit, and what the file was before it. */
import type { Operation, Span, Snapshot } from '../../attribution';

/** An edit of a text: `[from, to)` of it is replaced. */
export interface KnownEdit {
  readonly from: number;
  readonly to: number;
  /** Where it begins in the text after all edits. */
  readonly offset: number;
  readonly inserted: string;
  readonly by: Operation;
  /**
   * Who brought the inserted text back, which was there before, or took out again what was not; undefined for what is
   * new.
   */
  readonly back?: Operation;
}

/** What a file was before. */
export interface EarlierContent {
  /** What it may be again now, the likeliest first. */
  readonly versions: readonly Snapshot[];
  /** The spans of the weave, in their order. */
  readonly order: readonly Span[];
  /** An operation of which nobody knows whose it is. */
  readonly nobody: () => Operation;
}

/** Edits that touch, together. They are ascending; `rangeOf`: what of the text an edit replaces. */
export function touching<E>(
  edits: readonly E[],
  rangeOf: (edit: E) => { readonly from: number; readonly to: number },
): E[][] {
  const groups: E[][] = [];
  let end = -1;
  for (const edit of edits) {
    const { from, to } = rangeOf(edit);
    if (from === end) groups.at(-1)?.push(edit);
    else groups.push([edit]);
    end = to;
  }
  return groups;
}

/** Whether it brings text back. */
export const isRestored = ({ back, inserted }: { readonly back?: unknown; readonly inserted: string }): boolean =>
  back !== undefined && inserted !== '';
