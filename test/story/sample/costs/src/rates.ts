/** What an hour of each kind of machine costs, in euros. */
export const RATES = {
  small: 0.02,
  medium: 0.08,
  large: 0.31,
} as const;

export type Size = keyof typeof RATES;
