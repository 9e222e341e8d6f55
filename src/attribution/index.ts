/** The door of attribution: a text with authors, and the lines of a change with theirs. Pure. */
export { inBatches, isPartOfLine, withBatch, type Placed } from './text/edit-batches';
export { compare, comparing, equalRanges, type Splice } from './diff/char-diff';
export { compareLines, lineStarts, splitLines, type LineHunk } from './diff/line-diff';
export { bagOf, commonOf, likeness, type Bag } from './diff/similarity';
export { countLetters, countLettersIn, essence, isDistinctive, isNeutral, TELLING_FROM } from './diff/tokens';
export { between, type Between, type Remade } from './weave/restore-range';
export { splitGap, takenBy, withGoneAgain, type Taken } from './weave/stash-deletions';
export { addCounts, attributeLines, countLines, NO_COUNTS, sameAuthors, toRanges, UNKNOWN_LINE, type Attribution, type LineAuthor } from './lines/attribute-lines';
export { Ink, ORIGIN, Spans, type Deed } from './weave/character-store';
export { Moves } from './weave/move-detection';
export { withWordsBack } from './lines/reinserted-words';
export { replaced, undoOf, withoutHand, type IsTheirs, type Replacement, type Undone } from './text/revert-author';
export { AuthoredText, isUnrecorded, sameHand, unrecorded, type Gone, type Hand, type HandOfLine, type Operation, type Part, type Piece } from './text/authored-text';
export { authorsOf, view, type Older } from './weave/diff-versions';
export { EMPTY, isPut, partOf, textOf, Weave, type Gap, type Plan, type Strand, type Version } from './weave/weave';
export type * from './types';
