/**
 * A document's text with authors: the journal's knowledge of the file on disk, with unsaved changes on top. Pure.
 */
import type { AuthoredText, Replacement, Undone } from '../../provenance/authorship';
import type { AuthoredChange } from '../recording/buffer/text-change';
import { withMoved } from '../recording/clipboard/moved-authors';
import { authorsIn } from './authors-in-recorder-terms';

/**
 * `mark`: the file begins with a byte order mark, which documents do not show. Throws a RangeError when the changes do
 * not fit.
 */
export function withUnsaved(saved: AuthoredText, operations: readonly AuthoredChange[], mark: boolean): AuthoredText {
  const shift = mark ? 1 : 0;
  return saved.edits(
    withMoved(operations, authorsIn(saved), shift).map((operation) => ({
      ...operation,
      offset: operation.offset + shift,
    })),
  );
}

interface Seen {
  readonly text: string;
  readonly without: string;
  readonly undo: Undone;
}

/** For a file that begins with a byte order mark, as its document shows it. */
export function withoutMark({ text, without, undo }: Seen): Seen {
  const edits = undo.edits.map(({ offset, deleted, inserted }): Replacement => ({
    offset: Math.max(0, offset - 1),
    deleted: offset > 0 ? deleted : Math.max(0, deleted - 1),
    inserted: bare(inserted),
  }));
  return { text: bare(text), without: bare(without), undo: { ...undo, edits } };
}

const bare = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);
