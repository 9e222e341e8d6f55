/** When approvals were given, as far as their dates can be believed. */
import type { GivenApproval } from '../ports';

/** How far the clocks of a forge and of the machine that decides may be apart (milliseconds). */
const SKEW_MS = 5 * 60_000;

/**
 * When an approval was given, `now` at the latest. Null when unknown, as for an approval with a date in the future: an
 * earlier moment than any that follows it in truth is not known of it. A withdrawal with such a date is the latest.
 */
export function dateOf({ at, state }: GivenApproval, now: number | undefined): number | null {
  if (at === null || now === undefined || at <= now) return at;
  return at <= now + SKEW_MS || state !== 'approved' ? now : null;
}

/**
 * Reviews of one person, the latest first. Of two with one date an approval is the earlier one. An approval with a date
 * in the future is earlier than a withdrawal: nobody knows which came first. Without dates every approval is earlier.
 */
export function latestFirst(reviews: readonly GivenApproval[], now: number | undefined): readonly GivenApproval[] {
  const isDated = reviews.every(({ at }) => at !== null);
  const isWithdrawn = reviews.some(({ state }) => state !== 'approved');
  const undated = isWithdrawn ? -Infinity : Infinity;
  const date = (review: GivenApproval): number => (isDated ? (dateOf(review, now) ?? undated) : 0);
  return [...reviews].sort(
    (review, before) =>
      compare(date(before), date(review)) || Number(review.state === 'approved') - Number(before.state === 'approved'),
  );
}

/** Two of Infinity are equal. */
const compare = (date: number, reference: number): number => (date === reference ? 0 : date - reference);
