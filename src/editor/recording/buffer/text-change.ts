/** Replacements in a text, and properties of several at once. Offsets are UTF-16 code units. Pure. */
import type { Splice } from '../../../provenance/authorship';
import type { By } from '../../../provenance/journal';
import type { LongText } from './chunked-text';
import type { Provenance } from './text-spans';

/** Replaces `deleted` characters at `offset` by `inserted`. */
export interface TextChange {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /** How the two sides of the replacement differ, if already computed. */
  readonly splices?: readonly Splice[];
}

/** A change and its author. Applied one after another. */
export interface AuthoredChange extends TextChange {
  readonly by: Provenance;
  /** The inserted text was moved here from this offset of the saved text, and belongs to whoever wrote it there. */
  readonly movedFrom?: number;
  /**
   * The inserted text was in the file before, at the same place, or the deleted text was not: this author restored the
   * state that another one is recorded to have made.
   */
  readonly back?: By;
}

export const NOTHING: Splice = { oldStart: 0, oldEnd: 0, newStart: 0, newEnd: 0 };

/** Whether to look for unchanged text in a replacement: not within a line. */
export const isCompared = (old: string, inserted: string): boolean => old.includes('\n') && inserted.includes('\n');

/** Whether no two of them touch. They are in ascending order. */
export const areApart = (changes: readonly TextChange[]): boolean =>
  changes.every(({ offset }, index) => index === 0 || offset > endOf(changes[index - 1]));

const endOf = (change: TextChange | undefined): number => (change ? change.offset + change.deleted : -1);

/** The text before changes: each of `back` has offsets in the text in which the preceding ones are already undone. */
export function resetAway(text: LongText, back: readonly TextChange[]): LongText {
  let shift = 0;
  return text.with(
    back.map((change) => {
      const placed = { ...change, offset: change.offset - shift };
      shift += change.inserted.length - change.deleted;
      return placed;
    }),
  );
}

export const inverse = (text: LongText, change: TextChange): TextChange => ({
  offset: change.offset,
  deleted: change.inserted.length,
  inserted: text.slice(change.offset, change.offset + change.deleted),
});

/** A replacement without the text at both ends that typing over it left unchanged. */
export function trimmed(former: string, current: string, part: Splice): Splice {
  let { oldStart, oldEnd, newStart, newEnd } = part;
  while (oldStart < oldEnd && newStart < newEnd && former[oldStart] === current[newStart]) {
    oldStart++;
    newStart++;
  }
  while (oldStart < oldEnd && newStart < newEnd && former[oldEnd - 1] === current[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}
