/** What the editor reports about text that goes to the clipboard, and whether it was cut or copied. Pure. */
import { isEmptySpan, sameSpan, type Span } from '../classify/change-event';

/** Cut text is already gone when it is reported, and other text is in its place. */
export interface ToldCopy {
  /** Where it was selected; a line, when nothing was selected. */
  readonly spans: readonly Span[];
  /** What is selected now. */
  readonly selected: readonly Span[];
}

/**
 * `cut`: it is what was last deleted; `copied`: it is still there; `unsure`: either. `lastDeleted`: what the latest change
 * deleted, if it did nothing else.
 */
export function howCopied(
  copy: ToldCopy | undefined,
  lastDeleted: readonly Span[] | undefined,
): 'cut' | 'copied' | 'unsure' {
  if (!copy) return 'unsure';
  const { spans, selected } = copy;
  if (areSame(spans, selected) && !selected.some(isEmptySpan)) return 'copied';
  const [line] = spans;
  const [caret] = selected;
  if (lastDeleted && selected.every(isEmptySpan) && areSame(spans, lastDeleted)) return 'cut';
  const isLineOfCaret =
    line &&
    caret &&
    spans.length === 1 &&
    selected.length === 1 &&
    isEmptySpan(caret) &&
    line.start.line === caret.start.line &&
    line.end.line === line.start.line;
  return isLineOfCaret && !lastDeleted?.some(({ start }) => start.line === line.start.line) ? 'copied' : 'unsure';
}

const areSame = (some: readonly Span[], others: readonly Span[]): boolean =>
  some.length === others.length && some.every((span) => others.some((other) => sameSpan(span, other)));
