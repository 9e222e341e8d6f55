/**
 * How many histories are played: LINEKEEPER_HISTORIES sets their number, LINEKEEPER_PATH plays again the one that
 * failed, as the failure names it (the seed is that of test/support/seed.ts).
 */
import type { Parameters } from 'fast-check';
import type { Score } from './world';

export function runs(number: number): Parameters<unknown> {
  const [count, path] = ['HISTORIES', 'PATH'].map((name) => process.env[`LINEKEEPER_${name}`]);
  return { numRuns: Number(count ?? number), ...(path === undefined ? {} : { path }) };
}

export const told = ({ numRuns }: Parameters<unknown>, { commits, lines, missed }: Score): string =>
  `${String(numRuns)} histories, ${String(commits)} commits, ${String(lines)} changed lines, none wrong, ${String(missed)} missed`;
