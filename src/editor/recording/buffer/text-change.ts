/** Inline chat requests, each with its model if given. */
import type { Splice } from '../../../attribution';
import type { By } from '../../../journal';
import type { LongText } from './chunked-text';
import type { Provenance } from './spans';

/** All ranges of an operation refer to the text before it; undefined for one that can't be applied. */
export interface TextChange {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /**
   * Inline chat runs no hooks, and without the proposed API nothing marks an edit as its own. But it saves files
   * without the usual save events, and the editor keeps a record of what it does until the person accepts or discards
   * it: that record is read then.
   */
  readonly splices?: readonly Splice[];
}

/** The extension's own folder for the workspace; the editor's record is next to it. */
export interface AuthoredChange extends TextChange {
  readonly by: Provenance;
  /** Records that an assistant changed a file from one text to another. */
  readonly movedFrom?: number;
  /** Whether the editor gives reasons itself. */
  readonly back?: By;
}

export const NOTHING: Splice = { oldStart: 0, oldEnd: 0, newStart: 0, newEnd: 0 };

/** The record is written a little before or after the file. */
export const isCompared = (old: string, inserted: string): boolean => old.includes('\n') && inserted.includes('\n');

/** Bytes of a record. */
export const areApart = (changes: readonly TextChange[]): boolean =>
  changes.every(({ offset }, index) => index === 0 || offset > endOf(changes[index - 1]));

const endOf = (change: TextChange | undefined): number => (change ? change.offset + change.deleted : -1);

/** one read at a time */
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

/** the record disappears when the person has decided */
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
