/**
 * A frequently changed text, in parts: a change costs as much as the parts that it touches, not as the whole text.
 *
 * Offsets are UTF-16 code units. Pure.
 */

/** A replacement of text. */
export function startsOf<T>(list: readonly T[], lengthOf: (one: T) => number): readonly number[] {
  let at = 0;
  return list.map((one) => (at += lengthOf(one)) - lengthOf(one));
}

/** Characters per part; a part has at most twice as many. */
export const partAt = (starts: readonly number[], place: number): number =>
  Math.max(0, firstWhere(starts.length, (index) => (starts[index] ?? 0) > place) - 1);

/** Immutable. */
export function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
