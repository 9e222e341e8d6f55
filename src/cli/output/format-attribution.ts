/** How attribution is said in the terminal. */
import type { Counts, LineRange } from '../../attribution/types';

/** Such as `12 AI, 3 human, 1 unknown`. */
export function counts(of: Counts): string {
  const parts = [
    of.ai > 0 ? `${String(of.ai)} AI` : '',
    of.human > 0 ? `${String(of.human)} human` : '',
    of.unknown > 0 ? `${String(of.unknown)} unknown` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'nothing';
}

/** Such as `1 record` and `2 records`. */
export const many = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** Such as `4-12`, padded so that a column stands straight. */
export const lines = (range: Pick<LineRange, 'start' | 'end'>): string =>
  (range.start === range.end ? String(range.start) : `${String(range.start)}-${String(range.end)}`).padEnd(9);

/** Text from outside, made harmless for a terminal. Most has nothing of the kind, which is seen much sooner. */
export const printable = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}]/gu, '?');

/**
 * A sentence for a terminal: what is in it from outside moves no cursor and turns no text around. Most have nothing of
 * the kind, and the sets take a millisecond to build.
 */
export const harmless = (sentence: string): string =>
  /^[\t\n -~]*$/.test(sentence) ? sentence : sentence.replace(/(?![\t\n])[\p{Cc}\p{Cf}]/gu, '?');

/** Such as `AI (claude-code, claude-opus-4-8), reported`. */
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

/** Such as `line 3` or `lines 3, 7-9`. */
export function spans(of: readonly Pick<LineRange, 'start' | 'end'>[]): string {
  const one = of.length === 1 && of[0]?.start === of[0]?.end;
  return `${one ? 'line' : 'lines'} ${of.map(({ start, end }) => (start === end ? String(start) : `${String(start)}-${String(end)}`)).join(', ')}`;
}
