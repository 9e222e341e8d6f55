/** Where marks go beside the lines of a file. Pure. */
import { linesIn, type Hunk } from '../reading/hunks';

/** `removed`: AI took lines away here and put none in their place. */
export const KINDS = ['ai', 'removed', 'unknown'] as const;
export type Kind = (typeof KINDS)[number];

/** First and last line, from 1. */
export type LineSpan = readonly [start: number, end: number];

export function marksOf(hunks: readonly Hunk[], lineCount: number): Readonly<Record<Kind, readonly LineSpan[]>> {
  const within = (line: number): number => Math.min(line, lineCount);
  const spans = (hunk: Hunk, author: 'ai' | 'unknown'): LineSpan[] => hunk.added.filter((seen) => seen.author === author && seen.start <= lineCount).map((seen) => [seen.start, within(seen.end)]);
  return {
    ai: hunks.flatMap((hunk) => spans(hunk, 'ai')),
    unknown: hunks.flatMap((hunk) => spans(hunk, 'unknown')),
    removed: hunks.filter((hunk) => linesIn(hunk.removed, 'ai') > 0 && linesIn(hunk.added, 'ai') === 0).map((hunk) => [within(hunk.line), within(hunk.line)]),
  };
}
