/** A list or text by index; a text by its UTF-16 units. */
interface Sequence<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** The lengths of two lists' or texts' common prefix, and of their common suffix after it. */
export function commonEnds<T>(
  one: Sequence<T>,
  other: Sequence<T>,
  isSame: (a: T | undefined, b: T | undefined) => boolean = Object.is,
): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && isSame(one.at(head), other.at(head))) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(one.at(-1 - tail), other.at(-1 - tail))) tail++;
  return { head, tail };
}
