/** Counts, lists and names in sentences, wherever people read them: text from outside can't pass for our own words. */
import type { Counts } from '../provenance/authorship/types';

export const countOf = (count: number, singular: string, many = `${singular}s`): string =>
  `${String(count)} ${count === 1 ? singular : many}`;

/** Said of lines of unknown author, wherever they are counted. */
export const noRecord = (lines: number): string => `no record says who wrote ${lines === 1 ? 'it' : 'them'}.`;

/** One item where a condition holds, else none. */
export const itemIf = <const T>(condition: boolean, item: T): T[] => (condition ? [item] : []);

/** Items where a condition holds, else none. */
export const listIf = <const T>(condition: boolean, items: readonly T[]): T[] => (condition ? [...items] : []);

/** `a, b and 3 more`: names from outside are quoted so that none can pass for our own words or break the line. */
export function list(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(quoted);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${String(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/**
 * The text itself when it is a plain name; else as JSON writes it, with every unprintable character escaped.
 */
export function quoted(name: string): string {
  if (/^[\w@./+[\]()-]+(?::[\w@./+[\]()-]+)*$/.test(name)) return name;
  return JSON.stringify(name).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, escaped);
}

/** A value as JSON, to print: what a terminal interprets or a reader does not see is escaped. */
export const jsonText = (value: unknown, indent = 2): string =>
  `${JSON.stringify(value, null, indent).replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, escaped)}\n`;

/** Each of its UTF-16 units as JSON escapes it. */
const escaped = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** For example `12 AI, 3 human, 1 unknown`. */
export function countsText(of: Counts): string {
  const parts = [
    of.ai > 0 ? `${String(of.ai)} AI` : '',
    of.human > 0 ? `${String(of.human)} human` : '',
    of.unknown > 0 ? `${String(of.unknown)} unknown` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'nothing';
}

/** `+2 −1`, or `AI +2 −1` with a word before it; empty when both are 0. */
export function amountText(added: number, removed: number, who = ''): string {
  const amounts = [added > 0 ? `+${String(added)}` : '', removed > 0 ? `−${String(removed)}` : ''];
  const text = amounts.filter((amount) => amount !== '').join(' ');
  return text === '' || who === '' ? text : `${who} ${text}`;
}

/** Text from outside, made harmless for a terminal. Most needs no change, which a quick check detects. */
export const printable = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
