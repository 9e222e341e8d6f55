/** Wording for traces and incidents in text. */
import type { Counts } from '../authorship/types';

/** For example `12 AI, 3 human, 1 unknown`. */
export function counts(of: Counts): string {
  const parts = [
    of.ai > 0 ? `${String(of.ai)} AI` : '',
    of.human > 0 ? `${String(of.human)} human` : '',
    of.unknown > 0 ? `${String(of.unknown)} unknown` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'nothing';
}

/** Text from outside, made harmless for a terminal and for a page of text. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
