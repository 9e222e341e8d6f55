/** What a comparison of two texts says. */

/** `old[oldStart, oldEnd)` was replaced by `new[newStart, newEnd)`. */
export interface Splice {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}
