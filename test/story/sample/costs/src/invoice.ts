import { RATES } from './rates';
import type { Usage } from './usage';

/** What one machine costs, in euros. */
export function costOf(usage: Usage): number {
  return usage.hours * RATES[usage.size];
}

/** What all of them cost together. */
export function totalOf(usages: readonly Usage[]): number {
  let total = 0;
  for (const usage of usages) {
    total += costOf(usage);
  }
  return total;
}
