/** Wording for attribution in the terminal. */
import type { Counts, LineRange } from '../../authorship/types';

/** For example `12 AI, 3 human, 1 unknown`. */
export function counts(of: Counts): string {
  const parts = [
    of.ai > 0 ? `${String(of.ai)} AI` : '',
    of.human > 0 ? `${String(of.human)} human` : '',
    of.unknown > 0 ? `${String(of.unknown)} unknown` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'nothing';
}

/** For example `1 record` and `2 records`. */
export const many = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** For example `lines 4-12`, padded to align a column. */
export const lines = (range: Pick<LineRange, 'start' | 'end'>): string => spans([range]).padEnd(13);

/** Text from outside, made harmless for a terminal. Most needs no change, which a quick check detects. */
export const printable = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}]/gu, '?');

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
  const one = of.length === 1 && of[0]?.start === of[0]?.end;
  return `${one ? 'line' : 'lines'} ${of.map(({ start, end }) => (start === end ? String(start) : `${String(start)}-${String(end)}`)).join(', ')}`;
}
