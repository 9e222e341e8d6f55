/** A document's text with authors: what the journal knows of the file on disk, and what was not saved yet on top. Pure. */
import type { AuthoredText } from '../../attribution';
import type { AuthoredChange } from '../recording/draft';
import { withMoved } from '../recording/moved';
import { authorsIn } from './authors-in';

/** `mark`: the file begins with a byte order mark, which documents do not show. Throws a RangeError when they do not fit. */
export function withUnsaved(saved: AuthoredText, operations: readonly AuthoredChange[], mark: boolean): AuthoredText {
  const shift = mark ? 1 : 0;
  return saved.edits(withMoved(operations, authorsIn(saved), shift).map((operation) => ({ ...operation, offset: operation.offset + shift })));
}
