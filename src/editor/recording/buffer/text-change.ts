/** Replacements in a text, and what can be said of several at once. Offsets are UTF-16 code units. Pure. */
import type { Splice } from '../../../attribution';
import type { By } from '../../../journal';
import type { LongText } from './chunked-text';
import type { Provenance } from './spans';

/** Replaces `deleted` characters at `offset` by `inserted`. */
export interface TextChange {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /** What of a replacement differs, where that was worked out before. */
  readonly splices?: readonly Splice[];
}

/** A change and its author. Applied one after another. */
export interface AuthoredChange extends TextChange {
  readonly by: Provenance;
  /** What is put in was moved here from this offset of the saved text, and belongs to whoever wrote it there. */
  readonly movedFrom?: number;
  /**
   * What is put in was in the file before, where it stands again, or what is taken out was not: by this hand, for
   * whoever is recorded to have done it then.
   */
  readonly back?: By;
}

export const NOTHING: Splice = { oldStart: 0, oldEnd: 0, newStart: 0, newEnd: 0 };

/** Whether one looks for what stays when a text is replaced: not within a line. */
export const isCompared = (old: string, inserted: string): boolean => old.includes('\n') && inserted.includes('\n');

/** Whether no two of them, in the order of their places, touch. */
export const areApart = (changes: readonly TextChange[]): boolean =>
  changes.every(({ offset }, index) => index === 0 || offset > endOf(changes[index - 1]));

const endOf = (change: TextChange | undefined): number => (change ? change.offset + change.deleted : -1);

/** The text before changes: each of `back` is counted in the text in which those before it are taken back already. */
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

/** What typing over a text left of it at both ends has stayed. */
export function trimmed(old: string, now: string, part: Splice): Splice {
  let { oldStart, oldEnd, newStart, newEnd } = part;
  while (oldStart < oldEnd && newStart < newEnd && old[oldStart] === now[newStart]) {
    oldStart++;
    newStart++;
  }
  while (oldStart < oldEnd && newStart < newEnd && old[oldEnd - 1] === now[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}
