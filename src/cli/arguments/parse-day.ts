/** Days in the arguments of a command line. */
import { CannotSay } from '../verb';

const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/**
 * The seconds at which a day begins or ends (UTC): `2026-11-23`, or relative to now: `90d`, `12w`, `6m`, `2y`; `all` is
 * the beginning of time. Undefined when none is given. Throws a {@link CannotSay}.
 */
export function dayFrom(option: string, value: unknown, now: number, side: 'start' | 'end'): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (value === 'all' && side === 'start') return 0;
  const end = side === 'end' ? DAY - 1 : 0;
  const ago = /^(\d{1,4})([dwmy])$/.exec(value);
  if (ago) return Math.floor(now / 1000 / DAY) * DAY - Number(ago[1]) * (UNITS[ago[2] ?? 'd'] ?? 1) * DAY + end;
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  // Date accepts a day that a month does not have as one of the next month.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value)
    throw new CannotSay(
      `${option} takes a day such as 2026-11-23, or how long ago, such as 90d or 12w. ${JSON.stringify(value)} is neither.`,
    );
  return at / 1000 + end;
}
