/** The position of a line in an earlier text. Lines are 1-based. Pure. */
import { diffLines, splitLines } from '../../provenance/authorship';

/**
 * Undefined when the earlier text does not have the line: it was added or changed since. Line endings don't matter.
 */
export function lineBefore(before: string, after: string, line: number): number | undefined {
  const [old, current] = [before, after].map((text) => splitLines(text.replace(/\r\n?/g, '\n')));
  let shift = 0;
  for (const { oldEnd, newStart, newEnd } of diffLines(old ?? [], current ?? [])) {
    if (line - 1 < newStart) break;
    if (line - 1 < newEnd) return undefined;
    shift = oldEnd - newEnd;
  }
  return line + shift;
}
