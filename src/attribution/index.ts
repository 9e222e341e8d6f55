/** The door of attribution: a text with authors, and the lines of a change with theirs. Pure. */
export { inBatches, isPartOfLine, withBatch, type Placed } from './batches';
export { compare, comparing, equalRanges, type Splice } from './compare';
export { compareLines, lineStarts, splitLines, type LineHunk } from './line-diff';
export { bagOf, commonOf, likeness, type Bag } from './likeness';
export { countLetters, countLettersIn, essence, isDistinctive, isNeutral, TELLING_FROM } from './words';
export { between, type Between, type Remade } from './between';
export { splitGap, takenBy, withGoneAgain, type Taken } from './gone-again';
export { addCounts, attributeLines, countLines, NO_COUNTS, sameAuthors, toRanges, UNKNOWN_LINE, type Attribution, type LineAuthor } from './lines';
export { Ink, ORIGIN, Spans, type Deed } from './ink';
export { Moves } from './moves';
export { withWordsBack } from './put-back';
export { replaced, undoOf, withoutHand, type IsTheirs, type Replacement, type Undone } from './undo';
export { AuthoredText, isUnrecorded, sameHand, unrecorded, type Gone, type Hand, type HandOfLine, type Operation, type Part, type Piece } from './text';
export { authorsOf, view, type Older } from './view';
export { EMPTY, isPut, partOf, textOf, Weave, type Gap, type Plan, type Strand, type Version } from './weave';
export type * from './types';
