/** Finds places in what lies end to end, such as the parts of a text. Pure. */

/** Where each of them begins. */
export function startsOf<T>(list: readonly T[], lengthOf: (one: T) => number): readonly number[] {
  let at = 0;
  return list.map((one) => (at += lengthOf(one)) - lengthOf(one));
}

/** The index of the last one that begins at a place or before it, so that one of no length counts for nothing. */
export const partAt = (starts: readonly number[], place: number): number =>
  Math.max(0, firstWhere(starts.length, (index) => (starts[index] ?? 0) > place) - 1);

/** The first index below `count` for which something holds that holds for all that follow; `count` when for none. */
export function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
