/** A document's text with authors: what the journal knows of the file on disk, and what was not saved yet on top. Pure. */
import type { AuthoredText } from '../../attribution';
import type { AuthoredChange } from '../recording/draft';
import { withMoved } from '../recording/moved';
import { authorsIn } from './authors-in';

/** `mark`: the file begins with a byte order mark, which documents do not show. Throws a RangeError when they do not fit. */
export function withUnsaved(saved: AuthoredText, operations: readonly AuthoredChange[], mark: boolean): AuthoredText {
  const shift = mark ? 1 : 0;
  return withMoved(operations, authorsIn(saved), shift).reduce(
    (text, { offset, deleted, inserted, by }) => text.edit({ offset: offset + shift, deleted, inserted, by }),
    saved,
  );
}
