/** The door of attribution: a text with its authors, and the lines of a change with theirs. Pure. */
export { inBatches, isPartOfLine, withBatch, type Placed } from './text/edit-batches';
export { diffChars, diffCharsInSteps, equalRanges } from './diff/char-diff';
export { editedLines } from './diff/line-pairing';
export { sharedEnds } from './diff/shared-ends';
export { isComparedByLines } from './diff/diff-whole-lines';
export { type Splice } from './diff/trim-splices';
export type { LineHunk } from '../../git/types';
export { diffLines } from './diff/line-diff';
export { lineOf, lineStarts, splitLines } from './text/split-lines';
export { bagOf, commonOf, similarity, type Bag } from './diff/line-similarity';
export { countLetters, countLettersIn } from './diff/tokens-and-letter-counts';
export { isDistinctive, MIN_IDENTIFYING_LETTERS } from './diff/distinctive-lines';
export { withoutFormatting } from './diff/formatting-neutral';
export { diffRange, type RangeDiff, type RestoredRange } from './weave/diff-range-with-other-version';
export {
  splitHunk,
  deletedIn,
  creditStashedDeletions,
  type DeletedRange,
} from './weave/authors-of-deletions-back-from-stash';
export { attributeLines, toRanges, type Attribution } from './lines/attribute-lines';
export { addCounts, countLines, NO_COUNTS } from './lines/line-counts';
export { type LineAuthor } from './lines/line-author';
export {
  eachLine,
  joinRanges,
  rangeBy,
  rangesByLine,
  runsOfLines,
  sameAuthors,
  sameWriters,
  UNKNOWN_AUTHOR,
} from './lines/line-ranges-by-author';
export { CharacterStore } from './weave/character-store';
export { BASELINE, type Operation } from './weave/operation';
export { IntervalSet } from './weave/interval-set';
export { Moves } from './weave/move-detection';
export { cancelReinsertedWords } from './lines/cancel-reinserted-words';
export type { Replacement } from './text/edit-batches';
export { replaced, revertEdits, withoutAuthor, type Undone } from './text/revert-edits-by-author';
export { AuthoredText, type TextEdit } from './text/authored-text';
export { type Deletion, type Piece } from './text/pieces-and-deletions-of-text';
export {
  isUnrecorded,
  sameProvenance,
  unrecorded,
  type Provenance,
  type ProvenanceOfLine,
} from './text/provenance-of-change';
export { authorsOf, diffSnapshots, type BaselineHistory } from './weave/diff-versions-with-authors';
export { Weave } from './weave/weave';
export {
  EMPTY,
  isInsertion,
  partOf,
  textOf,
  type WeaveHunk,
  type Patch,
  type Span,
  type Snapshot,
} from './weave/snapshot-and-patch';
export type * from './types';
