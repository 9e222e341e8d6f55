/** Where two texts differ, as edits that turn one into the other: whole lines. */
import type { Edit, Point } from '@vscode/tree-sitter-wasm';
import { diffLines, lineStarts, splitLines } from '../../provenance/authorship';

/** With more than this a text is another one. */
const EDITS_AT_MOST = 200;

/**
 * The edits that turn `old` into `now`, last one first, so that each is true of the text that the ones before it leave.
 * Undefined where the texts have too little in common.
 */
export function editsBetween(old: string, newText: string): readonly Edit[] | undefined {
  const [oldLines, newLines] = [splitLines(old), splitLines(newText)];
  const hunks = diffLines(oldLines, newLines);
  const changed = hunks.reduce((sum, hunk) => sum + hunk.oldEnd - hunk.oldStart + hunk.newEnd - hunk.newStart, 0);
  if (hunks.length > EDITS_AT_MOST || changed * 2 > oldLines.length + newLines.length) return undefined;
  const [starts, newStarts] = [lineStarts(oldLines), lineStarts(newLines)];
  return hunks
    .map(({ oldStart, oldEnd, newStart, newEnd }): Edit => {
      const startIndex = starts[oldStart] ?? 0;
      return {
        startIndex,
        oldEndIndex: starts[oldEnd] ?? 0,
        newEndIndex: startIndex + (newStarts[newEnd] ?? 0) - (newStarts[newStart] ?? 0),
        startPosition: { row: oldStart, column: 0 },
        oldEndPosition: endOf(oldLines.slice(oldStart, oldEnd), oldStart),
        newEndPosition: endOf(newLines.slice(newStart, newEnd), oldStart),
      };
    })
    .reverse();
}

/** The position behind lines, the first of which is row `row`. */
function endOf(lines: readonly string[], row: number): Point {
  const last = lines.at(-1);
  if (last === undefined || last.endsWith('\n')) return { row: row + lines.length, column: 0 };
  return { row: row + lines.length - 1, column: last.length };
}
