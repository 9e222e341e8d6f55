/** The ends that two sequences share. Pure. */

/**
 * How many elements two sequences of these lengths share at their beginning, and how many of the others at their end.
 * `isSame`: whether the element at a place of the first is that at a place of the second; places count from 0.
 */
export function sharedEnds(
  oldLength: number,
  newLength: number,
  isSame: (x: number, y: number) => boolean,
): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(oldLength, newLength);
  let head = 0;
  while (head < shorter && isSame(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(oldLength - 1 - tail, newLength - 1 - tail)) tail++;
  return { head, tail };
}
