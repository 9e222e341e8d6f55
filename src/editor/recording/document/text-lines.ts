/** Lines and breaks of a text. Pure. */
import type { Span } from '../classify/change-event';

export const withoutBreaks = (text: string): string => text.replace(/[\r\n]+/g, '');

export const isLines = (inserted: string): boolean => /[\r\n]/.test(inserted) && inserted.trim() !== '';

/** Where a line (from 0) starts; the text's end when it has none such. */
export function lineStart(text: string, line: number): number {
  let at = 0;
  for (let i = 0; i < line; i++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

/** The lines that selections touch, each selection's as one text. */
export const linesAt = (text: string, spans: readonly Span[]): string[] =>
  spans.map(({ start, end }) =>
    text.slice(
      lineStart(text, start.line),
      lineStart(text, end.line + (end.character === 0 && end.line > start.line ? 0 : 1)),
    ),
  );

/** Too much to be there twice by chance. */
export const isDistinctive = (text: string): boolean => text.replace(/\s/g, '').length >= 8;
