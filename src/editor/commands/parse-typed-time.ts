/** Times as people write them in a form. Pure. */

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/** Milliseconds since the epoch; undefined for what is no time. Without a zone: that of this machine. */
export function timeOf(written: string): number | undefined {
  const [, day, clock = '00:00', zone = ''] = WRITTEN.exec(written.trim()) ?? [];
  if (day === undefined) return undefined;
  const suffix = /^utc$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(`${day}T${clock.padStart(clock.length + (clock.indexOf(':') === 1 ? 1 : 0), '0')}${suffix}`);
  // `2026-02-30` is taken for the second of March, which nobody meant.
  const midnight = Date.parse(`${day}T00:00Z`);
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  return Number.isNaN(time) || !isDay ? undefined : time;
}

/** `2026-11-24 10:12`, in the time of this machine. */
export function localMinute(time: number): string {
  const at = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
