/**
 * Bounds on comparing, counted in steps and not in time, so that the same texts give the same answer everywhere. Past a
 * bound the answer is coarser: words become lines, lines become runs of lines. docs/dev/attribution.md has the
 * table.
 */

/** A budget of steps. One step looks at two words or two lines. */
export class Steps {
  private static all = 0;
  private static pieces = 0;

  constructor(private left: number) {}

  /** Spends steps; returns false and spends none when fewer are left. */
  take(count = 1): boolean {
    if (count > this.left) return false;
    this.left -= count;
    Steps.all += count;
    return true;
  }

  /** Steps spent so far by the whole process, for tests to count. */
  static get taken(): number {
    return Steps.all;
  }

  /** Records that a text was split into this many lines, words or parts. */
  static split(count: number): void {
    Steps.pieces += count;
  }

  /** The total number of pieces that all texts have been split into so far. */
  static get splitInto(): number {
    return Steps.pieces;
  }
}

/**
 * For comparing the lines of two texts. Past it, only lines that occur once on each side are matched and anchor the
 * rest.
 */
export const LINE_STEPS = 20_000_000;

/** For comparing the words of two texts with this many characters together. */
export const wordSteps = (characters: number): number => 4_000_000 + 20 * characters;

/** A line of at least this many characters is long: it is compared by its parts first. */
export const LONG_FROM = 4_000;

/** For comparing the parts of all long lines of two texts, and the words in them. */
export const LONG_STEPS = 2_000_000;

/**
 * Between the unchanged parts of a long line, words are compared only up to this many characters, old and new together.
 */
export const LONG_WORDS_AT_MOST = 100_000;

/** For finding lines that differ in one word only, for all lines of a hunk. */
export const FRAME_STEPS = 4_000_000;

/** For comparing how much lines have in common, for all lines that one change may have moved and changed. */
export const LIKENESS_STEPS = 4_000_000;

/** For looking at all pairs of lines of a hunk; past it, only lines at the same position in the hunk may pair. */
export const ALL_PAIRS_STEPS = 4_000_000;

/** For finding the most similar lines of a hunk where there are too many to look at all pairs. */
export const PAIR_STEPS = 20_000_000;
