/**
 * Comparison by whole lines, for files that programs write and nobody reads word by word. Which words of a line stayed
 * says nothing there, and to find out takes seconds.
 */
import { LOCK_FILE } from '../../../base/patterns';
import { diffLines } from './line-diff';
import { lineStarts, splitLines } from '../text/split-lines';
import { type Splice } from './trim-splices';

/** The same as `diffChars`, with each changed line as a whole. */
export function diffWholeLines(before: string, after: string): Splice[] {
  if (before === after) return [];
  const [a, b] = [splitLines(before), splitLines(after)];
  const [aStarts, bStarts] = [lineStarts(a), lineStarts(b)];
  const at = (starts: ArrayLike<number>, line: number, length: number): number => starts[line] ?? length;
  return diffLines(a, b).map((hunk) => ({
    oldStart: at(aStarts, hunk.oldStart, before.length),
    oldEnd: at(aStarts, hunk.oldEnd, before.length),
    newStart: at(bStarts, hunk.newStart, after.length),
    newEnd: at(bStarts, hunk.newEnd, after.length),
  }));
}

/** Whether a file of this name is compared by whole lines. */
export const isComparedByLines = (path: string): boolean => LOCK_FILE.test(path);
