/** Chance that can be played again: everything the outside oracle draws comes from one seeded generator. */

export interface Chance {
  /** A number in [0, 1). */
  real(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  /** True with probability `p`. */
  maybe(p: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** One of a list that may be empty. */
  any<T>(from: readonly T[]): T | undefined;
  /** Some of a list, at least one where there is one, in its order. */
  some<T>(from: readonly T[]): T[];
  shuffled<T>(from: readonly T[]): T[];
}

/** mulberry32: small, and the same everywhere. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const real = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(real() * n);
  const any = <T>(from: readonly T[]) => from[below(from.length)];
  const shuffled = <T>(from: readonly T[]) => {
    const keyed = from.map((item) => ({ item, key: real() }));
    return keyed.sort((a, b) => a.key - b.key).map((one) => one.item);
  };
  return {
    real,
    below,
    maybe: (p) => real() < p,
    pick: (from) => any(from) ?? from[0],
    any,
    some: (from) => {
      const taken = from.filter(() => real() < 0.5);
      const one = any(from);
      return taken.length === 0 && one !== undefined ? [one] : taken;
    },
    shuffled,
  };
}
