/** Restores the original authors of moved text (DESIGN 1.3, rule 4). Pure. */
import { isEmptySpan, sameSpan, type Span } from '../classify/change-event';

/** Authors of `[start, end)` of a content as text, in order; `undefined`: older than the last commit. */
export interface ToldCopy {
  /**
   * Operations in which text that a person moved keeps its authors: older text counts for the person. `shift`:
   * characters before the text.
   */
  readonly spans: readonly Span[];
  /**
   * A cutting in which saved text has the authors that the record knows; anything older counts for the person who moves
   * it. `places`: where its parts were in the saved text.
   */
  readonly selected: readonly Span[];
}

/** The team's setting for who wrote text pasted from elsewhere. */
export function howCopied(told: ToldCopy | undefined, taken: readonly Span[] | undefined): 'cut' | 'copied' | 'unsure' {
  if (!told) return 'unsure';
  const { spans, selected } = told;
  if (areSame(spans, selected) && !selected.some(isEmptySpan)) return 'copied';
  const [line] = spans;
  const [caret] = selected;
  if (taken && selected.every(isEmptySpan) && areSame(spans, taken)) return 'cut';
  const isLineOfCaret =
    line &&
    caret &&
    spans.length === 1 &&
    selected.length === 1 &&
    isEmptySpan(caret) &&
    line.start.line === caret.start.line &&
    line.end.line === line.start.line;
  return isLineOfCaret && !taken?.some(({ start }) => start.line === line.start.line) ? 'copied' : 'unsure';
}

const areSame = (some: readonly Span[], others: readonly Span[]): boolean =>
  some.length === others.length && some.every((span) => others.some((other) => sameSpan(span, other)));
