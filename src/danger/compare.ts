/** What a change adds: the notices that were not there before. */
import type { Noticed } from './types';

/** The lines of a text, without white space at their ends, as a set. */
const linesOf = (text: string): ReadonlySet<string> => new Set(text.split('\n').map((line) => line.trim()));

/**
 * Notices of the new text that the old one did not have. Each notice of the old text cancels one with the same rule and
 * message. Of several alike, those on new lines are kept.
 */
export function newOnes(
  before: readonly Noticed[],
  after: readonly Noticed[],
  oldText: string | null,
  newText: string,
): readonly Noticed[] {
  if (before.length === 0 || oldText === null) return after;
  const left = new Map<string, number>();
  for (const { rule, message } of before) left.set(`${rule} ${message}`, (left.get(`${rule} ${message}`) ?? 0) + 1);
  const known = linesOf(oldText);
  const lines = newText.split('\n');
  const isOld = ({ line }: Noticed): number => (known.has(lines[line - 1]?.trim() ?? '') ? 0 : 1);
  const fresh = new Set(after);
  for (const one of [...after].sort((a, b) => isOld(a) - isOld(b))) {
    const key = `${one.rule} ${one.message}`;
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    fresh.delete(one);
  }
  return after.filter((one) => fresh.has(one));
}
