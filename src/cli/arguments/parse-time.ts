/** A time as a person or a script gives it. */
import { CannotSay } from '../verb';

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:[Zz]|([+-]\d{2}):?(\d{2})))?$/;

/**
 * Milliseconds since the epoch. The zone may be `+0530`, as in `date +%FT%T%z`. `dayIsEnough`: a day means its start,
 * UTC. Throws a {@link CannotSay} that names the option.
 */
export function timeFrom(option: string, text: string, { dayIsEnough = false } = {}): number {
  const [, day, clock, hours, minutes] = RFC_3339.exec(text) ?? [];
  const zone = hours === undefined || minutes === undefined ? 'Z' : `${hours}:${minutes}`;
  const at =
    day === undefined || (clock === undefined && !dayIsEnough)
      ? NaN
      : Date.parse(clock === undefined ? day : `${day}T${clock}${zone}`);
  if (Number.isNaN(at)) throw new CannotSay(`${option} takes a time with its zone, such as 2026-11-24T10:12:00Z.`);
  return at;
}
