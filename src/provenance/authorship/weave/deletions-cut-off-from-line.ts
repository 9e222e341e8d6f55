/**
 * Base text that was no longer in its original line when it was deleted: insertions may have separated that line from
 * the text that stayed before and after it. Pure.
 */
import { logicalTime, deletedAt, type Operation } from './operation';
import type { Deletion, SplitContext } from '../text/pieces-and-deletions-of-text';

/** Text that was inserted between two base characters that stayed; it may be deleted again. */
export interface InsertedSpan {
  readonly text: string;
  /** Offset in the text where it is or was. */
  readonly at: number;
  readonly isThere: boolean;
  readonly by: Operation;
  readonly deletedBy: Operation | null;
}

/** Base text deleted from between them. */
export interface DeletedSpan {
  /** Offsets in the base; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly operation: Operation;
  /** How many of the insertions there precede it. */
  readonly index: number;
}

/**
 * The deletions, with how each was separated from what stayed. The two lists hold everything between two characters
 * that stayed, in the weave's order; `next` is the character after them. Only a line break that is still there
 * separates: lines joined again are one line.
 */
export function deletionsWithContext(
  deletedSpans: readonly DeletedSpan[],
  insertedSpans: readonly InsertedSpan[],
  next: string | undefined,
): Deletion[] {
  if (deletedSpans.length === 0) return [];
  const wasBroken = insertedSpans.some(({ text }) => text.includes('\n'));
  const isBreak = ({ text, isThere }: InsertedSpan): boolean => isThere && text.includes('\n');
  const [first, last] = [insertedSpans.findIndex(isBreak), insertedSpans.findLastIndex(isBreak)];
  const partedAt = (index: number, operation: Operation): SplitContext | undefined => {
    const [isBreakAbove, isBreakBelow] = [first >= 0 && first < index, last >= index];
    const [head, tail] = [
      upToBreak(insertedSpans, index - 1, -1, operation),
      upToBreak(insertedSpans, index, 1, operation),
    ];
    const wasLine = head.isBroken && tail.isBroken && (isBreakAbove || isBreakBelow);
    const before = wasLine || (head.isBroken && isBreakAbove);
    const behind = wasLine || (tail.isBroken && (isBreakBelow || next === '\n'));
    const beside = head.beside ?? tail.beside;
    return before || behind ? { before, behind, ...(beside === undefined ? {} : { beside }) } : undefined;
  };
  return deletedSpans.map(({ start, end, operation, index }) => ({
    start,
    end,
    by: operation.by,
    order: operation.order,
    ...(wasBroken ? { parted: partedAt(index, operation) } : {}),
  }));
}

/**
 * Searches outwards for the line break that was there at the time of a deletion, and for text of its line that is still
 * there.
 */
function upToBreak(
  insertedSpans: readonly InsertedSpan[],
  from: number,
  step: 1 | -1,
  operation: Operation,
): { readonly isBroken: boolean; readonly beside: number | undefined } {
  let beside: number | undefined;
  for (let i = from; ; i += step) {
    const span = insertedSpans[i];
    if (!span) return { isBroken: false, beside };
    if (!stoodAt(span, operation)) continue;
    const [start, end] = step > 0 ? firstLineOf(span.text) : lastLineOf(span.text);
    const solid = span.isThere ? span.text.slice(start, end).search(/\S/) : -1;
    if (solid >= 0) beside ??= span.at + start + solid;
    if (end - start < span.text.length) return { isBroken: true, beside };
  }
}

const firstLineOf = (text: string): [number, number] => [0, text.includes('\n') ? text.indexOf('\n') : text.length];
const lastLineOf = (text: string): [number, number] => [text.lastIndexOf('\n') + 1, text.length];

/** Operations of equal logical time may have been done in any order. */
const stoodAt = ({ by, deletedBy }: InsertedSpan, operation: Operation): boolean =>
  logicalTime(by) < logicalTime(operation) && logicalTime(operation) <= deletedAt(deletedBy);
