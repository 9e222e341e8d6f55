/**
 * Text of the base went out of the line that it stood in when it went. What was put in may have parted that line from
 * what stayed of the text before and behind it. Pure.
 */
import { logicalTime, deletedAt, type Operation } from './character-store';
import type { Deletion, SplitContext } from '../text/pieces';

/** Text that was put in between two characters of the base that stayed, and may be gone again. */
export interface InsertedSpan {
  readonly text: string;
  /** Offset in the text: where it is, or was. */
  readonly at: number;
  readonly isThere: boolean;
  readonly by: Operation;
  readonly deletedBy: Operation | null;
}

/** Text of the base that went from between them. */
export interface DeletedSpan {
  /** Offsets in the base; `end` is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly deed: Operation;
  /** How many of what was put in there stood before it. */
  readonly index: number;
}

/**
 * What went, with how it was parted from what stayed. Both lists are all that there is between two characters that
 * stayed, in the weave's order; `next` is the one behind them. A line break parts only where there is one still: what
 * was joined again is one line.
 */
export function deletionsWithContext(
  wents: readonly DeletedSpan[],
  fillings: readonly InsertedSpan[],
  next: string | undefined,
): Deletion[] {
  if (wents.length === 0) return [];
  const wasBroken = fillings.some(({ text }) => text.includes('\n'));
  const isBreak = ({ text, isThere }: InsertedSpan): boolean => isThere && text.includes('\n');
  const [first, last] = [fillings.findIndex(isBreak), fillings.findLastIndex(isBreak)];
  const partedAt = (index: number, operation: Operation): SplitContext | undefined => {
    const [isBreakAbove, isBreakBelow] = [first >= 0 && first < index, last >= index];
    const [head, tail] = [upToBreak(fillings, index - 1, -1, operation), upToBreak(fillings, index, 1, operation)];
    const wasLine = head.isBroken && tail.isBroken && (isBreakAbove || isBreakBelow);
    const before = wasLine || (head.isBroken && isBreakAbove);
    const behind = wasLine || (tail.isBroken && (isBreakBelow || next === '\n'));
    const beside = head.beside ?? tail.beside;
    return before || behind ? { before, behind, ...(beside === undefined ? {} : { beside }) } : undefined;
  };
  return wents.map(({ start, end, deed: operation, index }) => ({
    start,
    end,
    by: operation.by,
    order: operation.order,
    ...(wasBroken ? { parted: partedAt(index, operation) } : {}),
  }));
}

/**
 * Looks from the nearest on for the line break that stood there when something went, and for text of its line that is
 * there still.
 */
function upToBreak(
  fillings: readonly InsertedSpan[],
  from: number,
  step: 1 | -1,
  operation: Operation,
): { readonly isBroken: boolean; readonly beside: number | undefined } {
  let beside: number | undefined;
  for (let i = from; ; i += step) {
    const one = fillings[i];
    if (!one) return { isBroken: false, beside };
    if (!stoodAt(one, operation)) continue;
    const [start, end] = step > 0 ? firstLineOf(one.text) : lastLineOf(one.text);
    const solid = one.isThere ? one.text.slice(start, end).search(/\S/) : -1;
    if (solid >= 0) beside ??= one.at + start + solid;
    if (end - start < one.text.length) return { isBroken: true, beside };
  }
}

const firstLineOf = (text: string): [number, number] => [0, text.includes('\n') ? text.indexOf('\n') : text.length];
const lastLineOf = (text: string): [number, number] => [text.lastIndexOf('\n') + 1, text.length];

/** Operations of one moment may have been done in any order. */
const stoodAt = ({ by, deletedBy }: InsertedSpan, operation: Operation): boolean =>
  logicalTime(by) < logicalTime(operation) && logicalTime(operation) <= deletedAt(deletedBy);
