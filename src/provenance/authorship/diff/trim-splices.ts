/** What a comparison of two texts says. */

/** `old[oldStart, oldEnd)` was replaced by `new[newStart, newEnd)`. */
export interface Splice {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** A splice without the prefix and suffix that both sides share. */
export function trimEnds(s: Splice, before: string, after: string): Splice {
  let { oldStart, oldEnd, newStart, newEnd } = s;
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart]) {
    oldStart++;
    newStart++;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}
