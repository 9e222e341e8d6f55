/** What charts are made of. Plain data: the caller decides what the figures are, this room only draws them. */

/**
 * A colour by its meaning, so that it suits a light, a dark and a printed page. `one` to `six` have no meaning.
 */
type Color = 'ai' | 'human' | 'unknown' | 'good' | 'warn' | 'bad' | 'one' | 'two' | 'three' | 'four' | 'five' | 'six';

export interface Series {
  readonly name: string;
  readonly color: Color;
  /** One for each label; null when unknown, which leaves a gap. */
  readonly values: readonly (number | null)[];
}

/** How numbers are written: a count (`1,234`), a share between 0 and 1 (`42%`), or days. */
export type Unit = 'count' | 'share' | 'days';

export interface Chart {
  /** What a screen reader says about it: the picture in a sentence. */
  readonly summary: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly unit: Unit;
}
