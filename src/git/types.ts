/** What git says of a change, as types that rooms without git share. */

/** git's one-letter status of a change (`git diff --raw`). */
export type ChangeStatus = 'A' | 'D' | 'M' | 'R' | 'C' | 'T';

/** A run of changed lines, 0-based, ends excluded. */
export interface LineHunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}
