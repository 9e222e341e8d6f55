/** Wording for attribution in the terminal. */
import type { LineRange } from '../../provenance/authorship/types';
import { printable } from '../../policy';

/** For example `lines 4-12`, padded to align a column. */
export const lines = (range: Pick<LineRange, 'start' | 'end'>): string => spans([range]).padEnd(13);

/**
 * A sentence for a terminal: text from outside in it can neither move the cursor nor reverse the text direction. Most
 * sentences need no change, and building the sets takes a millisecond.
 */
export const harmless = (sentence: string): string =>
  /^[\t\n -~]*$/.test(sentence) ? sentence : sentence.replace(/(?![\t\n])[\p{Cc}\p{Cf}]/gu, '?');

/** For example `AI (claude-code, claude-opus-4-8), reported`. */
export function describeRange(range: Omit<LineRange, 'start' | 'end'>): string {
  if (range.author === 'unknown') return 'unknown';
  const who =
    range.author === 'human'
      ? 'human'
      : `AI (${[range.assistant, range.model]
          .filter((name) => name !== null)
          .map(printable)
          .join(', ')})`;
  return [who, range.edited ? 'edited by others too' : '', range.evidence ?? '']
    .filter((part) => part !== '')
    .join(', ');
}

/** For example `line 3` or `lines 3, 7-9`. */
export function spans(of: readonly Pick<LineRange, 'start' | 'end'>[]): string {
  const isSingle = of.length === 1 && of[0]?.start === of[0]?.end;
  return `${isSingle ? 'line' : 'lines'} ${of.map(({ start, end }) => (start === end ? String(start) : `${String(start)}-${String(end)}`)).join(', ')}`;
}
