/**
 * Bounds on comparing, counted in steps and not in time, so that the same texts have the same answer everywhere. Past a
 * bound the answer is coarser: words become lines, lines become runs of lines. docs/attribution-internals.md has the table.
 */
import diffSequences from 'diff-sequences';

/** So many steps that something may take. One step looks at two words, or two lines. */
export class Steps {
  private static all = 0;
  private static pieces = 0;

  constructor(private left: number) {}

  /** Takes steps; false, and takes none, where there are not so many left. */
  take(count = 1): boolean {
    if (count > this.left) return false;
    this.left -= count;
    Steps.all += count;
    return true;
  }

  /** How many have been taken so far, by everybody: what tests count. */
  static get taken(): number {
    return Steps.all;
  }

  /** A text was split into so many lines, words or parts. */
  static split(count: number): void {
    Steps.pieces += count;
  }

  /** Into how many all texts have been split so far. */
  static get splitInto(): number {
    return Steps.pieces;
  }
}

/** Comparing the lines of two texts. Past it lines that occur once on each side tell where the others are. */
export const LINE_STEPS = 20_000_000;

/** Comparing the words of two texts, both together of so many characters. */
export const wordSteps = (characters: number): number => 4_000_000 + 20 * characters;

/** From so many characters on a line is long: it is compared by its parts first. */
export const LONG_FROM = 4_000;

/** Comparing the parts of all long lines of two texts, and the words in them. */
export const LONG_STEPS = 2_000_000;

/** Characters of a long line between parts that stayed, old and new together, of which words are compared. */
export const LONG_WORDS_AT_MOST = 100_000;

/** Looking for lines that differ in one word only, for all lines of a hunk. */
export const FRAME_STEPS = 4_000_000;

/** Looking at how much lines have in common, for all lines that one change may have moved and changed. */
export const LIKENESS_STEPS = 4_000_000;

/** Looking at all pairs of lines of a hunk; past it only lines in the same place of it may pair. */
export const ALL_PAIRS_STEPS = 4_000_000;

/** Looking at which lines of a hunk have most in common, where there are too many to look at all pairs. */
export const PAIR_STEPS = 20_000_000;

/** `length` items from `a` on are those from `b` on. */
export type Match = readonly [a: number, b: number, length: number];

/** Leaves diff-sequences, which knows no bound. */
const SPENT = new Error('no steps are left');

/**
 * What two sequences have in common, in order (Myers' algorithm); undefined when that takes more steps than there are.
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
