/** Lines and line breaks of a text. Pure. */
import type { Span } from '../classify/change-event';

export const withoutBreaks = (text: string): string => text.replace(/[\r\n]+/g, '');

export const isLines = (inserted: string): boolean => /[\r\n]/.test(inserted) && inserted.trim() !== '';

/** The start of a line (0-based); the text's end when there is no such line. */
export function lineStart(text: string, line: number): number {
  let at = 0;
  for (let i = 0; i < line; i++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

/** The lines that selections touch, one text per selection. */
export const linesAt = (text: string, spans: readonly Span[]): string[] =>
  spans.map(({ start, end }) =>
    text.slice(
      lineStart(text, start.line),
      lineStart(text, end.line + (end.character === 0 && end.line > start.line ? 0 : 1)),
    ),
  );

/** The text in a span; empty without one. */
export const textIn = (text: string, span: Span | undefined): string =>
  span === undefined
    ? ''
    : text.slice(
        lineStart(text, span.start.line) + span.start.character,
        lineStart(text, span.end.line) + span.end.character,
      );

/** Too long to occur twice by chance. */
export const isDistinctive = (text: string): boolean => text.replace(/\s/g, '').length >= 8;
