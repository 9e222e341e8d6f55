/** What two sequences have in common, in order. */
import diffSequences from 'diff-sequences';
import { type Steps } from './step-budget';

/** `length` items starting at `a` equal those starting at `b`. */
export type Match = readonly [a: number, b: number, length: number];

/** Thrown to abort diff-sequences, which has no bound of its own. */
const SPENT = new Error('no steps are left');

/**
 * What two sequences have in common, in order (Myers' algorithm); undefined when that takes more steps than are left.
 */
export function commonSequence(
  aLength: number,
  bLength: number,
  isCommon: (i: number, j: number) => boolean,
  steps: Steps,
): Match[] | undefined {
  const matches: Match[] = [];
  try {
    diffSequences(
      aLength,
      bLength,
      (i, j) => {
        if (!steps.take()) throw SPENT;
        return isCommon(i, j);
      },
      (length, i, j) => matches.push([i, j, length]),
    );
    return matches;
  } catch (error) {
    if (error === SPENT) return undefined;
    throw error;
  }
}
