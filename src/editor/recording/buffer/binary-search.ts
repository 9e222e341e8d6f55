/** Finds positions in consecutive items, such as the parts of a text. Pure. */

/** The start of each item. */
export function startsOf<T>(list: readonly T[], lengthOf: (one: T) => number): readonly number[] {
  let at = 0;
  return list.map((one) => (at += lengthOf(one)) - lengthOf(one));
}

/** The index of the last item that begins at or before a position, so that empty items are skipped. */
export const partAt = (starts: readonly number[], place: number): number =>
  Math.max(0, firstWhere(starts.length, (index) => (starts[index] ?? 0) > place) - 1);

/**
 * The first index below `count` for which a condition holds that also holds for all later ones; `count` if for none.
 */
export function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
