/** Where a line of a text was in an earlier text. Lines count from 1. Pure. */
import { diffLines, splitLines } from '../../attribution';

/**
 * Undefined where the earlier text has no such line: it was added or changed since. Kinds of line breaks don't matter.
 */
export function lineBefore(before: string, now: string, line: number): number | undefined {
  const [old, current] = [before, now].map((text) => splitLines(text.replace(/\r\n?/g, '\n')));
  let shift = 0;
  for (const { oldEnd, newStart, newEnd } of diffLines(old ?? [], current ?? [])) {
    if (line - 1 < newStart) break;
    if (line - 1 < newEnd) return undefined;
    shift = oldEnd - newEnd;
  }
  return line + shift;
}
