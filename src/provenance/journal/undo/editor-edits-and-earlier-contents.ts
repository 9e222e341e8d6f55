/** What an editor reported about an edit, and what the file was before it. */
import type { Operation, Span, Snapshot } from '../../authorship';

/** An edit of a text: `[from, to)` of it is replaced. */
export interface KnownEdit {
  readonly from: number;
  readonly to: number;
  /** Where it begins in the text after all edits. */
  readonly offset: number;
  readonly inserted: string;
  readonly by: Operation;
  /** Who restored the inserted text, which existed before, or removed text that did not; undefined for new text. */
  readonly back?: Operation;
}

/** Earlier contents of a file. */
export interface EarlierContent {
  /** What it may have returned to, the likeliest first. */
  readonly versions: readonly Snapshot[];
  /** The spans of the weave, in their order. */
  readonly order: readonly Span[];
  /** An operation with an unknown author. */
  readonly nobody: () => Operation;
}

/** Groups edits that touch. They are ascending; `rangeOf`: the range of the text that an edit replaces. */
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

/** Whether it restores text. */
export const isRestored = ({ back, inserted }: { readonly back?: unknown; readonly inserted: string }): boolean =>
  back !== undefined && inserted !== '';
