/** Numbers drawn by a seed: the same seed draws the same ones, on every machine. */
import { createHash } from 'node:crypto';

export class Random {
  private drawn = 0;

  constructor(readonly seed: number) {}

  /** From 0 to below `n`. */
  below(n: number): number {
    return this.rank(String(this.drawn++)) % Math.max(1, n);
  }

  /** Where a name stands among others. It needs no drawing: a name's is the same whatever was drawn before. */
  rank(name: string): number {
    return createHash('sha256')
      .update(`${String(this.seed)} ${name}`)
      .digest()
      .readUIntBE(0, 6);
  }

  /** Between the two, both of them included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True as often as false. */
  chance(): boolean {
    return this.below(2) === 0;
  }

  /** Throws where there is nothing to draw from. */
  one<T>(all: readonly T[]): T {
    const [drawn] = all.slice(this.below(all.length));
    if (drawn === undefined) throw new Error('there is nothing to draw from');
    return drawn;
  }

  /** All of them in another order. */
  mixed<T>(all: readonly T[]): readonly T[] {
    return all
      .map((one) => ({ one, at: this.below(2 ** 40) }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  }
}

/** Drawn anew by each call. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);
