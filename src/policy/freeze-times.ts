/**
 * The calendar of a policy: when changes of which tiers wait. Dates are whole days in UTC, the last one included, unless
 * a time is given.
 */
import type { Freeze, Policy } from './types';

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** When it begins, in milliseconds since the epoch; NaN for a date that does not exist. */
export const freezeStart = ({ from }: Pick<Freeze, 'from'>): number => timeOf(from);

/** When it is over: the first moment after it. */
export const freezeEnd = ({ to }: Pick<Freeze, 'to'>): number => timeOf(to) + (DAY.test(to) ? DAY_MS : 0);

/** A day that the calendar does not have (`2026-02-30`) is no time, whatever an engine makes of it. */
function timeOf(text: string): number {
  const [day = ''] = text.split('T', 1);
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return NaN;
  return DAY.test(text) ? start : Date.parse(text);
}

/** Those that hold at a time for a tier. */
export const freezesAt = (policy: Pick<Policy, 'freeze'>, tier: string, now: number): readonly Freeze[] =>
  (policy.freeze ?? []).filter(
    (freeze) =>
      (freeze.tiers.length === 0 || freeze.tiers.includes(tier)) &&
      freezeStart(freeze) <= now &&
      now < freezeEnd(freeze),
  );

/** The end of it for people, such as `the end of 2027-01-04 (UTC)`. */
export const freezeUntil = ({ to }: Pick<Freeze, 'to'>): string => (DAY.test(to) ? `the end of ${to} (UTC)` : to);
